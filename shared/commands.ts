export const commandGroups = ['Contacts', 'List', 'Go to', 'Edit', 'Sync', 'Fieldbook'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** The menus of the desktop's menu bar that commands stand in. */
export type MenuName = 'file' | 'edit' | 'contact' | 'view' | 'help';

/**
 * What is known of a command before anything runs: its words, its keys, its place in the menu bar. The keyboard, the
 * palette, the sheet of keys and the menus of the desktop are loops over this table; what a command does is in the
 * window (renderer/app/commands.ts). A key is written as `Mod+Shift+Z`, where Mod is Ctrl, or Cmd on a Mac.
 */
export interface CommandEntry {
  title: string;
  group: CommandGroup;
  keys?: readonly string[];
  /** The keys also work while a person types in a field. */
  whileTyping?: true;
  /** The keys move in the list, so they work only while no other control has the focus. */
  inList?: true;
  menu?: MenuName;
  /** A key of the menu bar alone: a browser would keep it for itself. */
  menuKey?: string;
  /** Only the desktop application can do it. */
  desktopOnly?: true;
}

const table = {
  'contact.new': { title: 'New contact', group: 'Contacts', keys: ['N'], menu: 'file', menuKey: 'Mod+N' },
  'contact.capture': { title: 'Quick capture', group: 'Contacts', keys: ['C'], menu: 'file' },
  'contact.edit': { title: 'Edit contact', group: 'Contacts', keys: ['E'], menu: 'contact' },
  'contact.delete': { title: 'Delete', group: 'Contacts', keys: ['Delete'], menu: 'contact' },
  'contact.restore': { title: 'Restore from the trash', group: 'Contacts', keys: ['R'], menu: 'contact' },
  'contact.caller': { title: 'Who is calling?', group: 'Contacts', keys: ['W'], menu: 'contact' },
  'contact.export': { title: 'Export contacts', group: 'Contacts', menu: 'file' },
  'list.search': { title: 'Search', group: 'List', keys: ['/', 'Mod+F'], whileTyping: true, menu: 'edit' },
  'list.next': { title: 'Next', group: 'List', keys: ['ArrowDown', 'Shift+ArrowDown'], inList: true },
  'list.previous': { title: 'Previous', group: 'List', keys: ['ArrowUp', 'Shift+ArrowUp'], inList: true },
  'list.page-down': { title: 'Page down', group: 'List', keys: ['PageDown', 'Shift+PageDown'], inList: true },
  'list.page-up': { title: 'Page up', group: 'List', keys: ['PageUp', 'Shift+PageUp'], inList: true },
  'list.first': { title: 'First', group: 'List', keys: ['Home', 'Shift+Home'], inList: true },
  'list.last': { title: 'Last', group: 'List', keys: ['End', 'Shift+End'], inList: true },
  'list.open': { title: 'Open', group: 'List', keys: ['Enter'], inList: true },
  'list.choose': { title: 'Select or deselect', group: 'List', keys: ['Space'], inList: true },
  'list.choose-all': { title: 'Select all', group: 'List', keys: ['Mod+A'] },
  'go.contacts': { title: 'Contacts', group: 'Go to', keys: ['Mod+1'], whileTyping: true, menu: 'view' },
  'go.imports': { title: 'Import', group: 'Go to', keys: ['Mod+2'], whileTyping: true, menu: 'view' },
  'go.trash': { title: 'Trash', group: 'Go to', keys: ['Mod+3'], whileTyping: true, menu: 'view' },
  'go.settings': { title: 'Settings', group: 'Go to', keys: ['Mod+,'], whileTyping: true, menu: 'view' },
  'go.conflicts': { title: 'Conflicts', group: 'Go to', keys: ['Mod+4'], whileTyping: true, menu: 'view' },
  'go.outbox': { title: 'Outbox', group: 'Go to', keys: ['Mod+5'], whileTyping: true, menu: 'view' },
  'edit.undo': { title: 'Undo', group: 'Edit', keys: ['Mod+Z'], menu: 'edit' },
  'edit.redo': { title: 'Redo', group: 'Edit', keys: ['Mod+Shift+Z', 'Mod+Y'], menu: 'edit' },
  'trash.empty': { title: 'Empty the trash', group: 'Edit' },
  'sync.now': { title: 'Sync now', group: 'Sync', keys: ['S'], menu: 'file' },
  'sync.ready': { title: 'Ready to leave?', group: 'Sync', keys: ['L'], menu: 'file' },
  'sync.connect': { title: 'Connect a server', group: 'Sync', keys: ['Mod+Shift+S'], whileTyping: true, menu: 'file' },
  'app.new-window': {
    title: 'New window', group: 'Fieldbook', menu: 'file', menuKey: 'Mod+Shift+N', desktopOnly: true,
  },
  'app.print': { title: 'Print', group: 'Fieldbook', keys: ['Mod+P'], whileTyping: true, menu: 'file' },
  'app.pdf': { title: 'Save as PDF', group: 'Fieldbook', menu: 'file', desktopOnly: true },
  'app.palette': {
    title: 'Commands and contacts', group: 'Fieldbook', keys: ['Mod+K'], whileTyping: true, menu: 'view',
  },
  'app.shortcuts': { title: 'Keyboard shortcuts', group: 'Fieldbook', keys: ['?'], menu: 'help' },
  'app.back': { title: 'Back', group: 'Fieldbook', keys: ['Escape'], whileTyping: true },
} as const satisfies Record<string, CommandEntry>;

export type CommandId = keyof typeof table;

export const commandTable: Readonly<Record<CommandId, CommandEntry>> = table;
export const commandIds = Object.keys(table) as [CommandId, ...CommandId[]];
