import { Alert, Button, Group, Radio, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { toAppError } from '../../shared/errors.ts';
import { countContacts } from '../app/book-actions.ts';
import { useAction, useAnswer } from '../host/queries.ts';
import { problemsOf } from './connect-problems.ts';
import type { SignedIn } from './connect-sign-in.tsx';
import classes from './connect-dialog.module.css';

interface ConnectChoiceProps {
  signedIn: SignedIn;
  onBack: () => void;
  onLinked: () => void;
}

/** Which organization, and in numbers what will come into the book and go to the server. Links when it is wanted. */
export function ConnectChoice({ signedIn: { credentials, found }, onBack, onLinked }: ConnectChoiceProps): ReactNode {
  const account = useAnswer('sync.status', {}).data?.account ?? null;
  const connect = useAction('sync.connect');
  const { organizations, contactsHere, userName, url } = found;
  const known = organizations.find(({ id }) => id === account?.organizationId && url === account.url);
  const [chosen, setChosen] = useState((known ?? organizations[0])?.id ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const organization = organizations.find(({ id }) => id === chosen);
  const isSame = account !== null && found.replaces === null && chosen === account.organizationId;
  const replaced = account === null || isSame ? null : `${account.organizationName} on ${account.url}`;

  async function link(): Promise<void> {
    try {
      await connect.mutateAsync({ ...credentials, organizationId: chosen, ...(replaced === null ? {} : { replace: true }) });
      onLinked();
    } catch (thrown) {
      setProblem(Object.values(problemsOf(toAppError(thrown))).join(' '));
    }
  }

  return (
    <Stack gap="md">
      <p className={classes.line}>You are signed in to <bdi>{url}</bdi> as <strong dir="auto">{userName}</strong>.</p>
      {organizations.length > 1 && (
        <Radio.Group label="Organization" value={chosen} onChange={setChosen}>
          <div className={classes.organizations}>
            {organizations.map(({ id, name, contacts }) => (
              <Radio key={id} value={id} label={name} description={contacts === null ? undefined : countContacts(contacts)} />
            ))}
          </div>
        </Radio.Group>
      )}
      {organization && !isSame && (
        <dl className={classes.flow}>
          <div>
            <dt>Into this book</dt>
            <dd>{organization.contacts === null ? 'Everything there' : countContacts(organization.contacts)}</dd>
            <dd className={classes.quiet}>from <bdi>{organization.name}</bdi></dd>
          </div>
          <div>
            <dt>To the server</dt>
            <dd>{countContacts(contactsHere)}</dd>
            <dd className={classes.quiet}>from this book</dd>
          </div>
        </dl>
      )}
      {isSame ? <p className={classes.line}>The book is already linked here: syncing continues where it stopped.</p> : (
        <p className={classes.quiet}>
          Nothing is deleted on either side. A contact of yours that looks like one on the server is not sent until
          you have said whether they are the same.
        </p>
      )}
      {replaced !== null && (
        <Alert color="orange" icon={<IconAlertTriangle size={16} aria-hidden />} title="The book moves to another server">
          It is linked to <bdi>{replaced}</bdi>. That link ends; every contact stays in the book. Changes not yet sent
          will go to the new server.
        </Alert>
      )}
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onBack}>Back</Button>
        <Button data-autofocus disabled={connect.isPending || !organization} onClick={() => void link()}>
          {connect.isPending ? 'Connecting…' : isSame ? 'Sign in again' : replaced === null ? 'Connect' : 'Connect here instead'}
        </Button>
      </Group>
    </Stack>
  );
}
