import { Suspense, useState, type ReactNode } from 'react';
import { useApp } from '../app/app-store.ts';
import { ContactForm } from '../app/screens.ts';
import { ContactDetail } from './contact-detail.tsx';
import { PaneDivider } from './pane-divider.tsx';
import { readPaneWidth, writePaneWidth } from './pane-width.ts';
import classes from './side-pane.module.css';

/** The pane beside the list, with the open contact or the form; over the list in a narrow window. */
export function SidePane(): ReactNode {
  const openContact = useApp((state) => state.openContact);
  const form = useApp((state) => state.form);
  const closeForm = useApp((state) => state.closeForm);
  const [width, setWidth] = useState(readPaneWidth);
  if (openContact === null && form === null) return null;

  return (
    <>
      <PaneDivider
        width={width}
        onChange={(next) => {
          setWidth(next);
          writePaneWidth(next);
        }}
      />
      <aside className={classes.pane} style={{ '--pane-width': `${width}px` }} aria-label="Contact">
        {form === null ? openContact !== null && <ContactDetail id={openContact} /> : (
          <Suspense fallback={<div className={classes.loading} aria-busy="true" />}>
            <ContactForm contactKey={form} onClose={closeForm} />
          </Suspense>
        )}
      </aside>
    </>
  );
}
