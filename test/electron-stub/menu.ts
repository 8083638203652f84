import { EventEmitter } from 'node:events';
import type { Menu as ElectronMenu, MenuItemConstructorOptions } from 'electron';
import { matchesAccelerator } from './accelerators.ts';
import { menuRoles } from './menu-roles.ts';
import type { KeyInput } from './page-messages.ts';
import { recorded } from './recording.ts';
import { focusedWindow } from './window-registry.ts';

type ItemOptions = Omit<MenuItemConstructorOptions, 'submenu' | 'click'> & {
  submenu?: Menu | (ItemOptions | MenuItem)[];
  click?: (item: MenuItem, window: unknown, event: unknown) => void;
};

/** Electron's MenuItem. */
export class MenuItem {
  readonly id: string | undefined;
  readonly type: string;
  readonly role: string | undefined;
  readonly accelerator: string | undefined;
  readonly submenu: Menu | undefined;
  label: string;
  sublabel: string;
  toolTip: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  readonly #click: ItemOptions['click'];

  constructor(options: ItemOptions) {
    const role = options.role?.toLowerCase();
    const { submenu } = options;
    this.id = options.id;
    this.role = role;
    this.type = options.type ?? (submenu ? 'submenu' : 'normal');
    this.label = options.label ?? menuRoles[role ?? '']?.label ?? '';
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.accelerator = options.accelerator ?? menuRoles[role ?? '']?.accelerator;
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : submenu;
    this.#click = options.click;
  }

  /** What a click of the user does. */
  click(event: object = {}): void {
    if (this.type === 'checkbox') this.checked = !this.checked;
    if (this.type === 'radio') this.checked = true;
    const run = menuRoles[this.role ?? '']?.run;
    if (run) run(focusedWindow());
    else this.#click?.(this, focusedWindow() ?? undefined, event);
  }
}

/** Electron's Menu. */
export class Menu extends EventEmitter {
  static #application: Menu | null = null;
  readonly items: MenuItem[] = [];

  static buildFromTemplate(template: (ItemOptions | MenuItem)[]): Menu {
    const menu = new Menu();
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item));
    return menu;
  }
  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu;
  }
  static getApplicationMenu(): Menu | null {
    return Menu.#application;
  }
  static sendActionToFirstResponder(): void {}

  append(item: MenuItem): void {
    this.insert(this.items.length, item);
  }
  insert(position: number, item: MenuItem): void {
    this.items.splice(position, 0, item);
  }
  popup(options: { callback?: () => void } = {}): void {
    recorded.popups.push(this as unknown as ElectronMenu);
    this.emit('menu-will-show', {});
    options.callback?.();
  }
  closePopup(): void {
    this.emit('menu-will-close', {});
  }
  getMenuItemById(id: string): MenuItem | null {
    return this.#find((item) => item.id === id);
  }

  /** Clicks the item whose accelerator was pressed; false if there is none. */
  clickAccelerator(input: KeyInput): boolean {
    const pressed = this.#find(({ accelerator, enabled }) =>
      enabled && accelerator !== undefined && matchesAccelerator(accelerator, input));
    pressed?.click({ triggeredByAccelerator: true });
    return pressed !== null;
  }

  #find(matches: (item: MenuItem) => boolean): MenuItem | null {
    for (const item of this.items) {
      if (matches(item)) return item;
      const found = item.submenu ? item.submenu.#find(matches) : null;
      if (found) return found;
    }
    return null;
  }
}
