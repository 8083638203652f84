import { Menu, nativeImage, Tray } from 'electron';
import { drawIcon, type Colour } from './icon.ts';
import { keepEach } from './keep-each.ts';
import { dotOf, syncWords, trayTemplate, type TrayActions, type TrayStatus } from './tray-menu.ts';

/** The sign in the tray, with its menu; `show` follows the sync. */
export function createTray(actions: TrayActions): { show: (status: TrayStatus) => void } {
  const imageOf = keepEach(drawImage);
  const tray = new Tray(imageOf(null));
  tray.on('click', actions.open);
  return {
    show(status) {
      const words = syncWords(status);
      tray.setImage(imageOf(dotOf(status)));
      tray.setToolTip(words === '' ? 'Fieldbook' : `Fieldbook: ${words}`);
      tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(status, actions)));
    },
  };
}

function drawImage(dot: Colour | null): Electron.NativeImage {
  const image = nativeImage.createFromBuffer(drawIcon(16, dot));
  image.addRepresentation({ scaleFactor: 2, buffer: drawIcon(32, dot) });
  return image;
}
