import { z } from 'zod';
import type { CapturedField } from './capture-fields.ts';
import type { CommandId } from './commands.ts';
import { uuid } from './contact.ts';
import type { StagedFile } from './operations/imports.ts';
import { isPlainLine } from './text.ts';

/*
 * What the page and the desktop shell say to each other beside the operations of the book: menus, windows, printing,
 * files dragged out. Only the desktop window has this; in a browser `Bridge.native` is missing, and what needs it hides.
 */

const label = z.string().min(1).max(200).refine(isPlainLine, { error: 'must be one line of plain text' });

const menuItem = z.union([
  z.literal('separator'),
  z.strictObject({ id: z.string().min(1).max(50), label, enabled: z.boolean().optional() }),
]);
export type ShellMenuItem = z.output<typeof menuItem>;

/** What a page may ask of its shell. Checked by the shell: a page is never trusted. */
export const shellRequest = z.discriminatedUnion('kind', [
  /** The page listens: what has waited for it may come. */
  z.strictObject({ kind: z.literal('ready') }),
  /** Shows a menu at the pointer; answers with the chosen item's id, or null. */
  z.strictObject({ kind: z.literal('menu'), items: z.array(menuItem).min(1).max(30) }),
  /** Goes on with a drag that began in the page: the contacts as a .vcf file. */
  z.strictObject({ kind: z.literal('drag'), ids: z.array(uuid).min(1).max(500) }),
  /** Prints the page as its print style shows it; false when the person thought better of it. */
  z.strictObject({ kind: z.literal('print') }),
  /** The same as a PDF, saved where the person says. `name` is proposed, without an ending. */
  z.strictObject({ kind: z.literal('pdf'), name: label }),
  /** Opens another window. */
  z.strictObject({ kind: z.literal('window') }),
  /** Whether the page holds text that could not be kept in the book yet: its window asks before it closes over it. */
  z.strictObject({ kind: z.literal('unkept'), holdsText: z.boolean() }),
]);
export type ShellRequest = z.input<typeof shellRequest>;
export type ShellRequestKind = ShellRequest['kind'];

/** The answer to each kind of request. */
export interface ShellAnswers {
  ready: null;
  menu: string | null;
  drag: null;
  print: boolean;
  pdf: boolean;
  window: null;
  unkept: null;
}

/** What the shell asks of a page: a command of a menu, or what came from outside the window. */
export type ShellAction =
  | { type: 'command'; id: CommandId }
  | { type: 'openContact'; id: string }
  /** Quick capture, with fields from a link or with a copied text. */
  | { type: 'capture'; fields?: Partial<Record<CapturedField, string>>; text?: string }
  | { type: 'import'; file: StagedFile }
  | { type: 'problem'; message: string };
