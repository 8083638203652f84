import { capturedFields, type CapturedField } from '../../shared/capture-fields.ts';
import type { Draft } from '../../shared/operations/book.ts';
import type { CaptureStart } from '../app/app-store.ts';
import type { CommandContext } from '../app/commands.ts';
import { draftBox } from '../contact-form/draft-box.ts';
import type { Host } from '../host/host.ts';

/** The key under which quick capture is kept among the unsaved forms. */
export const captureDraftKey = 'capture';

/** What was typed into quick capture and not saved: it is there again after the dialog or the window was closed. */
export interface KeptCapture {
  put: (content: CaptureStart) => void;
  read: () => Promise<CaptureStart>;
}

/** Quick capture's draft in the book of a host. */
export function keptCapture(host: Host): KeptCapture {
  const box = draftBox(host);
  return {
    put(content) {
      const values = { text: content.text, mine: content.fields };
      box.put(captureDraftKey, isEmptyCapture(content) ? null : { baseRev: null, values });
    },
    async read() {
      await box.settled(captureDraftKey);
      const newest = box.newestOf(captureDraftKey);
      if (newest !== undefined) return captureOf(newest?.values ?? {});
      const drafts = await host.call('draft.list', {}).catch((): Draft[] => []);
      return captureOf(drafts.find(({ key }) => key === captureDraftKey)?.values ?? {});
    },
  };
}

/** A draft may come from another version of the form: what does not fit is left out. */
function captureOf({ text, mine }: Draft['values']): CaptureStart {
  const kept = typeof mine === 'object' && mine !== null ? Object.entries(mine) : [];
  const fields: Partial<Record<CapturedField, string>> = Object.fromEntries(
    kept.filter(([name, value]) => capturedFields.some((field) => field === name) && typeof value === 'string'),
  );
  return { ...(typeof text === 'string' ? { text } : {}), fields };
}

export function isEmptyCapture({ text = '', fields = {} }: CaptureStart): boolean {
  return text.trim() === '' && Object.values(fields).every((value) => value.trim() === '');
}

/** Opens quick capture with a start of its own. What somebody typed there is not replaced before they say so. */
export async function openCapture({ host, store }: CommandContext, start: CaptureStart): Promise<void> {
  const kept = await keptCapture(host).read();
  const { showDialog, startCapture, offerCapture } = store.getState();
  if (!isEmptyCapture(start) && isEmptyCapture(kept)) {
    startCapture(start);
    return;
  }
  if (isEmptyCapture(start) || (start.text !== undefined && start.text === kept.text)) showDialog('capture');
  else offerCapture(start);
}
