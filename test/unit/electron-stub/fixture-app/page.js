window.pageScriptRan = true;
window.leakedAtStart = [typeof require, typeof process, typeof module, typeof window.__electronStub];
