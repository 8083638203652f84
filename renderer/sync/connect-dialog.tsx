import { Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ConnectChoice } from './connect-choice.tsx';
import { ConnectProgress } from './connect-progress.tsx';
import { SignIn, type SignedIn } from './connect-sign-in.tsx';

/** Links the book to a server, in three steps: who and where, what will come and go, how far it is. */
export function ConnectDialog({ onClose }: { onClose: () => void }): ReactNode {
  const [signedIn, setSignedIn] = useState<SignedIn | null>(null);
  const [isLinked, setLinked] = useState(false);
  const title = isLinked ? 'First sync' : signedIn ? 'What will be synced' : 'Connect a server';
  return (
    <Modal
      opened onClose={onClose} title={title} centered size={520} closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {isLinked && <ConnectProgress onClose={onClose} />}
      {!isLinked && signedIn && (
        <ConnectChoice signedIn={signedIn} onBack={() => setSignedIn(null)} onLinked={() => setLinked(true)} />
      )}
      {!isLinked && !signedIn && <SignIn onSignedIn={setSignedIn} onClose={onClose} />}
    </Modal>
  );
}
