import { Alert, Button, Checkbox, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { toAppError, type AppError } from '../../shared/errors.ts';
import { permissions, type Permission } from '../../shared/permissions.ts';
import { useReturnFocus } from '../app/use-return-focus.ts';
import { useAction } from '../host/queries.ts';
import { CopyButton } from './copy-button.tsx';
import classes from './settings-screen.module.css';
import { lifetimes, permissionWords } from './token-words.ts';

/** The permissions of contacts first: they are what most programs need. */
const offered = [...permissions].sort((a, b) => Number(b.startsWith('ORG')) - Number(a.startsWith('ORG')));

/** Makes a token, and shows its secret this once. */
export function CreateTokenDialog({ onClose }: { onClose: () => void }): ReactNode {
  const [secret, setSecret] = useState<string | null>(null);
  const [isCopied, setCopied] = useState(false);
  const [isAsking, setAsking] = useState(false);
  /** Nobody sees the secret again, so that one who closes too early is asked first. */
  const leave = (): void => (secret === null || isCopied || isAsking ? onClose() : setAsking(true));
  useReturnFocus();
  return (
    <Modal
      opened onClose={leave} centered title={secret === null ? 'New token' : 'Copy the token now'}
      closeOnClickOutside={secret === null} closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {secret === null
        ? <TokenForm onMade={setSecret} onClose={onClose} />
        : <TokenSecret secret={secret} isAsking={isAsking} onCopied={() => setCopied(true)} onClose={leave} />}
    </Modal>
  );
}

function TokenForm({ onMade, onClose }: { onMade: (secret: string) => void; onClose: () => void }): ReactNode {
  const create = useAction('token.create');
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<Permission[]>(['ORG_CONTACT_VIEW']);
  const [lifetime, setLifetime] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const isAboutName = error?.kind === 'conflict' || error?.issues.some(({ field }) => field === 'name') === true;
  const nameProblem = isAboutName ? error : null;

  async function make(): Promise<void> {
    try {
      const expiry = lifetime === '' ? {} : { expiresIn: Number(lifetime) };
      const { secret } = await create.mutateAsync({ name: name.trim(), permissions: chosen, ...expiry });
      onMade(secret);
    } catch (thrown) {
      setError(toAppError(thrown));
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name" description="The program it is for." placeholder="backup script" required data-autofocus
          maxLength={100}
          value={name} error={nameProblem && nameMessage(nameProblem, name)}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group label="It may" value={chosen} onChange={(values) => setChosen(values as Permission[])}>
          <Stack gap={8} mt={8}>
            {offered.map((permission) => (
              <Checkbox
                key={permission} value={permission} label={permissionWords[permission]} description={permission}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <NativeSelect
          label="Expires" data={[...lifetimes]} value={lifetime}
          onChange={(event) => setLifetime(event.currentTarget.value)}
        />
        {error && !nameProblem && <p role="alert" className={classes.problem}>{error.message}</p>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" loading={create.isPending} disabled={name.trim() === '' || chosen.length === 0}>
            Make token
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function nameMessage(error: AppError, name: string): string {
  return error.kind === 'conflict' ? `There is already a token “${name.trim()}”.` : error.message;
}

interface TokenSecretProps {
  secret: string;
  /** Whether the person wants to close it and has not copied it. */
  isAsking: boolean;
  onCopied: () => void;
  onClose: () => void;
}

function TokenSecret({ secret, isAsking, onCopied, onClose }: TokenSecretProps): ReactNode {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => line.current?.querySelector('button')?.focus(), []);
  return (
    <Stack gap="md">
      <div ref={line} className={classes.secret} onCopy={onCopied}>
        <code data-testid="secret">{secret}</code>
        <CopyButton text={secret} what="the token" onCopied={onCopied} />
      </div>
      <Alert color="orange" icon={<IconInfoCircle size={16} aria-hidden />}>
        It is shown only this once. Whoever has it can do what you allowed it.
      </Alert>
      {isAsking && <p role="alert" className={classes.problem}>You have not copied it. Once closed, it cannot be shown again.</p>}
      <Group justify="flex-end">
        <Button variant={isAsking ? 'default' : 'filled'} onClick={onClose}>{isAsking ? 'Close without copying' : 'Done'}</Button>
      </Group>
    </Stack>
  );
}
