import { Button } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { NoticeBar } from '../app/notice-bar.tsx';
import { useAction, useAnswer } from '../host/queries.ts';
import { NewsDialog } from './news-dialog.tsx';
import { RestartButton } from './restart-button.tsx';

/** Above the screen: that a newer version is ready, and after an update what is new, each until it is put aside. */
export function UpdateNotices(): ReactNode {
  return (
    <>
      <ReadyNotice />
      <NewsNotice />
    </>
  );
}

function ReadyNotice(): ReactNode {
  const status = useAnswer('update.status', {}).data;
  const [later, setLater] = useState<string | null>(null);
  if (status?.state !== 'ready' || status.version === later) return null;
  return (
    <News text={<><strong>Fieldbook {status.version} is ready.</strong> It takes a restart, whenever it suits you.</>}>
      <RestartButton size="compact-sm" />
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setLater(status.version)}>Later</Button>
    </News>
  );
}

function NewsNotice(): ReactNode {
  const news = useAnswer('news.get', {}).data;
  const seen = useAction('news.seen');
  const [isReading, setReading] = useState(false);
  if (!news?.isUnseen) return null;
  const putAside = (): void => seen.mutate({});
  return (
    <News text={<><strong>Fieldbook is now {news.version}.</strong> Your contacts are all here.</>}>
      <Button size="compact-sm" variant="default" onClick={() => setReading(true)}>What’s new</Button>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={putAside}>Dismiss</Button>
      {isReading && <NewsDialog releases={news.releases} onClose={putAside} />}
    </News>
  );
}

function News({ text, children }: { text: ReactNode; children: ReactNode }): ReactNode {
  return <NoticeBar color="pine" icon={<IconSparkles aria-hidden />} text={text}>{children}</NoticeBar>;
}
