import { Alert, Button, Group, PasswordInput, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { toAppError } from '../../shared/errors.ts';
import type { Output } from '../../shared/operations/index.ts';
import { useAction, useAnswer } from '../host/queries.ts';
import { problemsOf, type SignInField, type SignInProblems } from './connect-problems.ts';

export type Credentials = { url: string } & ({ email: string; password: string } | { token: string });

/** What the server told about the person, with what they signed in with. */
export interface SignedIn {
  credentials: Credentials;
  found: Output<'sync.inspect'>;
}

interface SignInProps {
  onSignedIn: (signedIn: SignedIn) => void;
  onClose: () => void;
}

/** Address and sign-in; what is wrong is said at its field. Nothing is linked yet. */
export function SignIn({ onSignedIn, onClose }: SignInProps): ReactNode {
  const linkedTo = useAnswer('sync.status', {}).data?.account;
  const inspect = useAction('sync.inspect');
  const [url, setUrl] = useState(linkedTo?.url ?? '');
  const [way, setWay] = useState(linkedTo?.server === 'fieldbook' ? 'token' : 'password');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [token, setToken] = useState('');
  const [problems, setProblems] = useState<SignInProblems>({});

  async function signIn(): Promise<void> {
    const credentials: Credentials = way === 'token'
      ? { url: url.trim(), token: token.trim() }
      : { url: url.trim(), email: email.trim(), password };
    const missing = missingIn(credentials);
    setProblems(missing);
    if (Object.keys(missing).length > 0) return;
    try {
      onSignedIn({ credentials, found: await inspect.mutateAsync(credentials) });
    } catch (thrown) {
      const found = problemsOf(toAppError(thrown));
      setProblems(found);
      if (found.token !== undefined) setWay('token');
    }
  }

  const change = (field: SignInField, set: (value: string) => void) => (event: { currentTarget: { value: string } }): void => {
    set(event.currentTarget.value);
    setProblems(({ [field]: _gone, other: _other, ...rest }) => rest);
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void signIn();
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Address of the server" description="Ever Gauzy, or another Fieldbook." placeholder="https://crm.example.org"
          type="url" inputMode="url" autoComplete="url" data-autofocus required withAsterisk={false}
          value={url} error={problems.url} onChange={change('url', setUrl)}
        />
        <SegmentedControl
          aria-label="How to sign in" value={way} onChange={setWay}
          data={[{ value: 'password', label: 'E-mail and password' }, { value: 'token', label: 'Access token' }]}
        />
        {way === 'token' ? (
          <PasswordInput
            label="Access token" description="A Fieldbook makes one under Settings, Tokens." autoComplete="off"
            visibilityToggleButtonProps={{ 'aria-label': 'Show the token' }}
            value={token} error={problems.token} onChange={change('token', setToken)}
          />
        ) : (
          <>
            <TextInput
              label="E-mail" type="email" autoComplete="username" value={email} error={problems.email}
              onChange={change('email', setEmail)}
            />
            <PasswordInput
              label="Password" autoComplete="current-password" visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
              value={password} error={problems.password} onChange={change('password', setPassword)}
            />
          </>
        )}
        <Alert color="gray" icon={<IconShieldLock size={16} aria-hidden />}>
          The password is used once and not stored. Your contacts stay on this computer; the server gets a copy.
        </Alert>
        {problems.other !== undefined && <Alert color="red" role="alert">{problems.other}</Alert>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" disabled={inspect.isPending}>{inspect.isPending ? 'Signing in…' : 'Go on'}</Button>
        </Group>
      </Stack>
    </form>
  );
}

function missingIn(credentials: Credentials): SignInProblems {
  const problems: SignInProblems = {};
  if (credentials.url === '') problems.url = 'Enter the address of the server.';
  if ('token' in credentials) {
    if (credentials.token === '') problems.token = 'Paste the token.';
    return problems;
  }
  if (credentials.email === '') problems.email = 'Enter the e-mail address you sign in with there.';
  if (credentials.password === '') problems.password = 'Enter the password.';
  return problems;
}
