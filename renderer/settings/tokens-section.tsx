import { Button } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { Token } from '../../shared/operations/book.ts';
import { attempt } from '../app/book-actions.ts';
import { useCommandContext } from '../app/command-context.tsx';
import { ConfirmDialog } from '../app/confirm-dialog.tsx';
import { longTime } from '../contacts/contact-words.ts';
import { useNow } from '../contacts/use-now.ts';
import { useAnswer } from '../host/queries.ts';
import { CreateTokenDialog } from './create-token-dialog.tsx';
import { SettingsSection } from './settings-section.tsx';
import classes from './settings-screen.module.css';
import { permissionWords, tokenState } from './token-words.ts';

/** The keys of local programs: what each may do, when it was last used; making and ending them. */
export function TokensSection(): ReactNode {
  const tokens = useAnswer('token.list', {});
  const now = useNow();
  const [isCreating, setCreating] = useState(false);
  const valid = tokens.data?.items.filter((token) => tokenState(token, now) === 'valid') ?? [];
  const ended = tokens.data?.items.filter((token) => tokenState(token, now) !== 'valid') ?? [];
  return (
    <SettingsSection title="Tokens" summary="One for each program, so that each can be revoked on its own.">
      {tokens.error && <p role="alert" className={classes.problem}>{tokens.error.message}</p>}
      {tokens.isSuccess && valid.length === 0 && (
        <p className={classes.none}><IconKey size={18} aria-hidden /> No program has access yet.</p>
      )}
      {valid.length > 0 && (
        <ul className={classes.tokens}>{valid.map((token) => <TokenRow key={token.name} token={token} />)}</ul>
      )}
      <Button
        className={classes.start ?? ''} variant="default" leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => setCreating(true)}
      >
        New token
      </Button>
      {ended.length > 0 && (
        <details className={classes.ended}>
          <summary>{ended.length === 1 ? '1 ended token' : `${ended.length} ended tokens`}</summary>
          <ul className={classes.tokens}>
            {ended.map((token) => (
              <li key={`${token.name} ${token.createdAt}`} className={classes.token}>
                <span className={classes.tokenName} dir="auto">{token.name}</span>
                <span className={classes.quiet}>
                  {token.revokedAt === null
                    ? `expired ${longTime(token.expiresAt ?? '')}`
                    : `revoked ${longTime(token.revokedAt)}`}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {isCreating && <CreateTokenDialog onClose={() => setCreating(false)} />}
    </SettingsSection>
  );
}

function TokenRow({ token }: { token: Token }): ReactNode {
  const context = useCommandContext();
  const [isAsking, setAsking] = useState(false);
  const revoke = (): Promise<void> =>
    attempt(context, async () => {
      await context.host.call('token.revoke', { name: token.name });
      context.notify({ message: `“${token.name}” no longer has access` });
    });
  const used = token.lastUsedAt === null ? 'never used' : `last used ${longTime(token.lastUsedAt)}`;
  const expires = token.expiresAt === null ? 'never expires' : `expires ${longTime(token.expiresAt)}`;
  return (
    <li className={classes.token}>
      <div className={classes.tokenText}>
        <span className={classes.tokenName} dir="auto">{token.name}</span>
        <span>{token.permissions.map((permission) => permissionWords[permission]).join(', ')}</span>
        <span className={classes.quiet}>{used}, {expires}{token.rate === 0 ? ', no limit of requests' : ''}</span>
      </div>
      <Button
        size="compact-sm" variant="default" aria-label={`Revoke ${token.name}`} onClick={() => setAsking(true)}
      >
        Revoke
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={`Revoke “${token.name}”?`} confirm="Revoke" onConfirm={revoke} onClose={() => setAsking(false)}
        >
          The program that uses it loses access at once. This cannot be undone, but you can make a new token.
        </ConfirmDialog>
      )}
    </li>
  );
}
