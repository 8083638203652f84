import { Button } from '@mantine/core';
import { useEffect, useState, type ReactNode, type RefObject } from 'react';
import classes from './contact-form.module.css';
import type { FormState } from './form-state.ts';

interface ElsewhereBarProps {
  form: FormState;
  /** The notice that the bar stands for while it is out of sight. */
  noticeRef: RefObject<HTMLElement | null>;
}

/** What happened to the contact elsewhere, in one line that stays while the notice about it is scrolled away. */
export function ElsewhereBar({ form, noticeRef }: ElsewhereBarProps): ReactNode {
  const words = wordsOf(form);
  const isSeen = useIsSeen(noticeRef, words !== null);
  if (words === null || isSeen) return null;
  return (
    <div className={classes.elsewhere}>
      <span className={classes.elsewhereWords}>{words}</span>
      <Button
        size="compact-xs" variant="default"
        onClick={() => {
          noticeRef.current?.scrollIntoView({ block: 'start' });
          noticeRef.current?.focus({ preventScroll: true });
        }}
      >
        {form.absence === null ? 'Choose' : 'Show'}
      </Button>
    </div>
  );
}

function wordsOf({ conflicts, absence }: FormState): string | null {
  if (absence === 'trash') return 'This contact was moved to the trash';
  if (absence === 'erased') return 'This contact was erased';
  if (conflicts.length === 0) return null;
  return `Changed elsewhere: ${conflicts.length === 1 ? '1 field differs' : `${conflicts.length} fields differ`}`;
}

/** Whether something of an element is to be seen in the part that scrolls around it. */
function useIsSeen(ref: RefObject<HTMLElement | null>, isThere: boolean): boolean {
  const [isSeen, setSeen] = useState(true);
  useEffect(() => {
    const element = ref.current;
    if (!isThere || !element) return undefined;
    const observer = new IntersectionObserver(([entry]) => setSeen(entry?.isIntersecting ?? true), { root: element.parentElement });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, isThere]);
  return isSeen;
}
