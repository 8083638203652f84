// What `import ... from 'electron'` and `require('electron')` find in the main process.
import * as modules from './electron-exports.ts';

const electron = { ...modules };

export * from './electron-exports.ts';
export default electron;
// For require(): Playwright's loader and debugger use it.
export { electron as 'module.exports' };
