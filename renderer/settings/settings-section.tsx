import { useId, type ReactNode } from 'react';
import classes from './settings-screen.module.css';

interface SettingsSectionProps {
  title: string;
  /** One sentence on what this is for. */
  summary?: string;
  children: ReactNode;
}

/** One group of settings under its heading. */
export function SettingsSection({ title, summary, children }: SettingsSectionProps): ReactNode {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.sectionHead}>
        <h2 id={id} className={classes.heading}>{title}</h2>
        {summary !== undefined && <p className={classes.quiet}>{summary}</p>}
      </div>
      <div className={classes.sectionBody}>{children}</div>
    </section>
  );
}
