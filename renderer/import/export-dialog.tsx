import { Button, Group, Modal, Radio, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { toAppError } from '../../shared/errors.ts';
import { isFiltered, type ListFilter } from '../app/app-store.ts';
import { useCommandContext } from '../app/command-context.tsx';
import { useHost } from '../host/host-context.tsx';
import { useAnswer } from '../host/queries.ts';
import classes from './export-dialog.module.css';
import { exportFormats, exportInput, type ExportFormat, type ExportScope } from './export-input.ts';

interface ExportDialogProps {
  /** The chosen contacts, if any. */
  ids: readonly string[];
  filter: ListFilter;
  onClose: () => void;
}

/** Saves contacts as a file: the chosen ones, those that are shown, or all. */
export function ExportDialog({ ids, filter, onClose }: ExportDialogProps): ReactNode {
  const host = useHost();
  const { notify } = useCommandContext();
  const info = useAnswer('host.info', {});
  const scopes = scopesOf(ids, filter, info.data?.contacts);
  const [scope, setScope] = useState<ExportScope>(scopes[0]?.value ?? 'all');
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function save(): Promise<void> {
    setSaving(true);
    setProblem(null);
    try {
      if (await host.download('contact.export', await exportInput(host, format, scope, ids, filter))) {
        notify({ message: 'The file is saved' });
        onClose();
      }
    } catch (thrown) {
      setProblem(toAppError(thrown).message);
    } finally {
      setSaving(false);
    }
  }

  return (
    <Modal opened onClose={onClose} title="Export contacts" centered closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="lg">
        <Radio.Group label="Which contacts" value={scope} onChange={(value) => setScope(value as ExportScope)}>
          <Stack gap={8} mt={8}>
            {scopes.map(({ value, label }) => <Radio key={value} value={value} label={label} />)}
          </Stack>
        </Radio.Group>
        <Radio.Group label="As" value={format} onChange={(value) => setFormat(value as ExportFormat)}>
          <Stack gap={10} mt={8}>
            {exportFormats.map(({ value, label, explanation }) => (
              <Radio key={value} value={value} label={label} description={explanation} />
            ))}
          </Stack>
        </Radio.Group>
        {problem !== null && <p role="alert" className={classes.problem}>{problem}</p>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button loading={isSaving} onClick={() => void save()} data-autofocus>Export</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function scopesOf(ids: readonly string[], filter: ListFilter, contacts: number | undefined) {
  const scopes: { value: ExportScope; label: string }[] = [];
  if (ids.length > 0) scopes.push({ value: 'chosen', label: `Selected contacts (${ids.length.toLocaleString()})` });
  if (isFiltered(filter)) scopes.push({ value: 'shown', label: 'Contacts shown in the list' });
  const count = contacts === undefined ? '' : ` (${contacts.toLocaleString()})`;
  scopes.push({ value: 'all', label: `All contacts${count}` });
  return scopes;
}
