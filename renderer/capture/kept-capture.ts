import { capturedFields, type CapturedField } from '../../shared/capture-fields.ts';
import type { Draft } from '../../shared/operations/book.ts';
import type { CaptureStart } from '../app/app-store.ts';
import type { CommandContext } from '../app/commands.ts';
import { createDraftSaver } from '../contact-form/draft-saver.ts';
import type { Host } from '../host/host.ts';

/** The key under which quick capture is kept among the unsaved forms. */
export const captureDraftKey = 'capture';

/** What was typed into quick capture and not saved: it is there again after the dialog or the window was closed. */
export interface KeptCapture {
  put: (content: CaptureStart) => void;
  read: () => Promise<CaptureStart>;
}

const ofHosts = new WeakMap<Host, KeptCapture>();

export function keptCapture(host: Host): KeptCapture {
  const kept = ofHosts.get(host) ?? createKeptCapture(host);
  ofHosts.set(host, kept);
  return kept;
}

function createKeptCapture(host: Host): KeptCapture {
  /** The newest content while it could not be kept in the book. */
  let unkept: CaptureStart | null = null;
  const saver = createDraftSaver<CaptureStart>(async (content) => {
    unkept = content;
    if (isEmptyCapture(content)) await host.call('draft.discard', { key: captureDraftKey });
    else {
      const values = { text: content.text, mine: content.fields };
      await host.call('draft.save', { key: captureDraftKey, baseRev: null, values });
    }
    unkept = null;
  }, () => undefined);

  return {
    put: (content) => saver.put(content),
    async read() {
      await saver.settled();
      if (unkept !== null) return unkept;
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
export async function openCapture({ host, store, notify }: CommandContext, start: CaptureStart): Promise<void> {
  const kept = await keptCapture(host).read();
  const { showDialog, startCapture } = store.getState();
  if (!isEmptyCapture(start) && isEmptyCapture(kept)) {
    startCapture(start);
    return;
  }
  showDialog('capture');
  if (isEmptyCapture(start) || (start.text !== undefined && start.text === kept.text)) return;
  notify({
    message: 'Quick capture holds what is not saved yet.',
    action: { label: 'Start over with the new one', run: () => startCapture(start) },
  });
}
