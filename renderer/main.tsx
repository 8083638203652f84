import { config } from 'zod/v4/core';

// Before any schema is made: zod would try whether it may compile code, which the page's policy refuses and reports.
config({ jitless: true });

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
const { openWindow } = await import('./open-window.tsx');
await openWindow(root);
