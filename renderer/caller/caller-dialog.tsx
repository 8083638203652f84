import { Button, Modal, TextInput } from '@mantine/core';
import { IconPhoneIncoming } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Output } from '../../shared/operations/index.ts';
import { digitsOf } from '../../shared/text.ts';
import { useCommandContext } from '../app/command-context.tsx';
import { openCapture } from '../capture/kept-capture.ts';
import { MarkedText } from '../contacts/marked-text.tsx';
import { useAnswer } from '../host/queries.ts';
import classes from './caller-dialog.module.css';
import { markEnding } from './mark-ending.ts';

const fewestDigits = 4;
const longestNumber = 60;

/** Finds who calls by the last digits of a number, typed or pasted in any format. */
export function CallerDialog({ onClose }: { onClose: () => void }): ReactNode {
  const context = useCommandContext();
  const { store } = context;
  const list = useRef<HTMLUListElement>(null);
  const [number, setNumber] = useState('');
  const isAsked = digitsOf(number).length >= fewestDigits;
  const answer = useAnswer('contact.caller', { number: number.trim() }, { enabled: isAsked, keepPrevious: true });
  const found = isAsked ? (answer.data?.items ?? []) : [];
  const isUnknown = isAsked && answer.isSuccess && !answer.isPlaceholderData && found.length === 0;

  function leave(act: () => void): void {
    onClose();
    act();
  }

  function open(id: string): void {
    leave(() => {
      store.getState().goTo('contacts');
      store.getState().openContactPane(id);
    });
  }

  /** Up and down go through the callers, from the field and back to it. */
  function move(event: KeyboardEvent<HTMLElement>): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, [data-caller]')];
    stops[stops.indexOf(document.activeElement as HTMLElement) + step]?.focus();
  }

  return (
    <Modal opened onClose={onClose} title="Who is calling?" size="30rem" closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes.caller} onKeyDown={move} role="presentation">
        <TextInput
          aria-label="Number"
          description="The last digits are enough, four or more, in any format."
          inputWrapperOrder={['input', 'description', 'error']}
          leftSection={<IconPhoneIncoming size={18} aria-hidden />}
          placeholder="+49 171 2345678 or 5678"
          type="tel"
          size="md"
          autoComplete="off"
          data-autofocus
          maxLength={longestNumber}
          value={number}
          error={answer.isError && isAsked ? answer.error.message : undefined}
          onChange={(event) => setNumber(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = found;
            if (event.key === 'Enter' && first) open(first.contact.id);
          }}
        />
        <ul ref={list} className={classes.hits} aria-label="Callers" aria-live="polite">
          {found.map((hit) => (
            <li key={hit.contact.id}><Caller hit={hit} typed={number} onOpen={() => open(hit.contact.id)} /></li>
          ))}
        </ul>
        {isUnknown && (
          <div className={classes.unknown} role="status">
            <span>No contact has a number that ends so.</span>
            <Button
              size="compact-sm" variant="light"
              onClick={() => leave(() => void openCapture(context, { fields: { phone: number.trim() } }))}
            >
              New contact with this number
            </Button>
          </div>
        )}
      </div>
    </Modal>
  );
}

type Hit = Output<'contact.caller'>['items'][number];

function Caller({ hit: { contact, phone }, typed, onOpen }: { hit: Hit; typed: string; onOpen: () => void }): ReactNode {
  return (
    <button type="button" className={classes.hit} data-caller onClick={onOpen}>
      <span className={classes.who}>
        <bdi className={classes.name}>{contact.name}</bdi>
        <bdi className={classes.quiet}>{contact.company ?? contact.city}</bdi>
      </span>
      <bdi className={classes.phone}><MarkedText stretches={markEnding(phone, typed)} /></bdi>
    </button>
  );
}
