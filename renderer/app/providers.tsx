import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './app.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useMemo, useRef, type ReactNode } from 'react';
import type { Bridge } from '../../shared/bridge.ts';
import { createHost } from '../host/host.ts';
import { HostContext } from '../host/host-context.tsx';
import { createInvalidator, createQueryClient, useAnswer } from '../host/queries.ts';
import { AppStoreContext, type AppStore } from './app-store.ts';
import { AppCommandsContext, type AppCommands } from './command-context.tsx';
import { keptAppStore } from './kept-store.ts';
import type { ListControl } from './list-control.ts';
import { notify } from './notify.tsx';
import noticeClasses from './notify.module.css';
import type { SearchControl } from './search-control.ts';
import { adoptThemeVariables, styleNonce, theme, useColorScheme } from './theme.ts';

/** Mantine's dialogs are at 200. */
const belowDialogs = 190;

export interface AppProps {
  bridge: Bridge;
  /** The state of the interface to start with. */
  store?: AppStore;
}

/** What every part of the window relies on: theme, host, answers, state, commands. */
export function Providers({ bridge, store: given, children }: AppProps & { children: ReactNode }): ReactNode {
  const store = useMemo(() => given ?? keptAppStore(), [given]);
  const client = useMemo(() => createQueryClient(), []);
  const host = useMemo(() => createHost(bridge, store.getState().setConnection), [bridge, store]);
  const listRef = useRef<ListControl | null>(null);
  const searchRef = useRef<SearchControl | null>(null);
  const commands: AppCommands = useMemo(
    () => ({
      context: { host, store, notify, list: () => listRef.current, search: () => searchRef.current }, listRef, searchRef,
    }),
    [host, store],
  );
  useEffect(() => host.subscribe(createInvalidator(client)), [host, client]);

  return (
    <HostContext value={host}>
      <QueryClientProvider client={client}>
        <AppStoreContext value={store}>
          <AppCommandsContext value={commands}>
            <Themed>{children}</Themed>
          </AppCommandsContext>
        </AppStoreContext>
      </QueryClientProvider>
    </HostContext>
  );
}

function Themed({ children }: { children: ReactNode }): ReactNode {
  const settings = useAnswer('settings.get', {});
  const scheme = useColorScheme(settings.data?.theme ?? 'system');
  useLayoutEffect(() => adoptThemeVariables(document), []);
  return (
    <MantineProvider
      theme={theme}
      forceColorScheme={scheme}
      getStyleNonce={styleNonce}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <Notifications position="bottom-right" limit={3} zIndex={belowDialogs} classNames={{ root: noticeClasses.corner ?? '' }} />
      {children}
    </MantineProvider>
  );
}
