/** The channels between preload and main. What is asked for travels as an operation's name inside them. */
export const channels = {
  call: 'fieldbook:call',
  download: 'fieldbook:download',
  uploadOpen: 'fieldbook:upload-open',
  uploadPiece: 'fieldbook:upload-piece',
  uploadEnd: 'fieldbook:upload-end',
  openExternal: 'fieldbook:open-external',
  events: 'fieldbook:events',
  shell: 'fieldbook:shell',
  shellAction: 'fieldbook:shell-action',
} as const;
