import { registerHooks } from 'node:module';

// Loaded by --require before anything else: `electron` is the stand-in, and the process looks like Electron's main one.
// (--import would come too late: Node runs it after the --require of Playwright's loader.)
const standIn = new URL('./electron-module.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (!/^electron(\/(main|common))?$/.test(specifier)) return nextResolve(specifier, context);
    return { url: standIn, format: 'module-typescript', shortCircuit: true };
  },
});

Object.assign(process, { type: 'browser', resourcesPath: import.meta.dirname });
Object.defineProperty(process.versions, 'electron', { value: '45.0.0-stand-in', enumerable: true });
Object.defineProperty(process.versions, 'chrome', { value: '153.0.0.0', enumerable: true });

// Electron's argv starts with the executable and has no script: what follows is the app folder.
process.argv.splice(1, 1);
