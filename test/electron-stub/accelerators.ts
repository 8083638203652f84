import type { KeyInput } from './page-messages.ts';

interface Combination {
  key: string;
  control: boolean;
  meta: boolean;
  alt: boolean;
  shift: boolean;
}

type Modifier = Exclude<keyof Combination, 'key'>;

const commandOrControl: Modifier = process.platform === 'darwin' ? 'meta' : 'control';

const modifiers: Record<string, Modifier> = {
  ctrl: 'control',
  control: 'control',
  cmd: 'meta',
  command: 'meta',
  super: 'meta',
  meta: 'meta',
  cmdorctrl: commandOrControl,
  commandorcontrol: commandOrControl,
  alt: 'alt',
  option: 'alt',
  altgr: 'alt',
  shift: 'shift',
};

// Electron's names of keys that differ from KeyboardEvent.key.
const keys: Record<string, string> = {
  plus: '+',
  space: ' ',
  return: 'enter',
  esc: 'escape',
  up: 'arrowup',
  down: 'arrowdown',
  left: 'arrowleft',
  right: 'arrowright',
};

/** Reads an accelerator such as "CmdOrCtrl+Shift+N". Throws for an unknown modifier. */
export function parseAccelerator(accelerator: string): Combination {
  // The last + of "Ctrl++" is the key itself.
  const parts = accelerator.toLowerCase().replace(/\+\+$/, '+plus').split('+');
  const key = parts.pop() ?? '';
  const combination = { key: keys[key] ?? key, control: false, meta: false, alt: false, shift: false };
  for (const part of parts) {
    const modifier = modifiers[part];
    if (!modifier) throw new Error(`Unknown modifier '${part}' in accelerator '${accelerator}'`);
    combination[modifier] = true;
  }
  return combination;
}

/** Whether a pressed key is the given accelerator. */
export function matchesAccelerator(accelerator: string, input: KeyInput): boolean {
  const { key, control, meta, alt, shift } = parseAccelerator(accelerator);
  // Shift changes the character of a digit's key, and may be needed to type a +.
  const sameKey = input.key.toLowerCase() === key || input.code.toLowerCase() === `digit${key}`;
  const sameShift = input.shift === shift || key === '+';
  return sameKey && sameShift && input.control === control && input.meta === meta && input.alt === alt;
}
