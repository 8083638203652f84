const { contextBridge, ipcRenderer } = require('electron');

const state = { opened: 0, nested: { list: [1, 2] } };

contextBridge.exposeInMainWorld('api', {
  state,
  echo: (value) => ipcRenderer.invoke('echo', value),
  fail: () => ipcRenderer.invoke('fail'),
  wait: (value) => ipcRenderer.invoke('wait', value),
  release: () => ipcRenderer.invoke('release'),
  missing: () => ipcRenderer.invoke('missing'),
  save: () => ipcRenderer.invoke('save'),
  opened: () => ++state.opened,
  require: (name) => Object.keys(require(name)),
  onMenu: (listener) => {
    const forward = (_event, action) => listener(action);
    ipcRenderer.on('menu', forward);
    return () => ipcRenderer.off('menu', forward);
  },
  count: (upTo) =>
    new Promise((resolve) => {
      ipcRenderer.once('numbers', (event) => {
        const numbers = [];
        event.ports[0].onmessage = ({ data }) => {
          numbers.push(data);
          if (numbers.length === upTo) resolve(numbers);
        };
      });
      ipcRenderer.send('count', upTo);
    }),
});
