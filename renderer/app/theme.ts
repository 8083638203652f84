import {
  convertCssVariables, createTheme, DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme, type MantineColorsTuple,
} from '@mantine/core';
import { useSyncExternalStore } from 'react';
import type { Settings } from '../../shared/operations/book.ts';

/** Pine green: the cover of the book. */
const pine: MantineColorsTuple = [
  '#eef7f3', '#dcece5', '#b5d8c9', '#8ac3ab', '#67b192', '#509f80', '#3a8a6b', '#20704f', '#1a5f43', '#0d4a33',
];
/** Greys with a little warmth, like paper. */
const gray: MantineColorsTuple = [
  '#faf9f7', '#f4f2ef', '#eae7e2', '#dedad3', '#cbc6bd', '#aea89d', '#807a70', '#5b564e', '#3a3732', '#23211e',
];
const dark: MantineColorsTuple = [
  '#e4e2de', '#c9c6c0', '#a29e97', '#6e6b65', '#4a4844', '#3a3835', '#2b2a27', '#222120', '#1a1918', '#131211',
];

const fontFamily = "'Inter Variable', Inter, 'Segoe UI Variable Text', 'Segoe UI', system-ui, -apple-system, 'Noto Sans', "
  + "'Open Sans', 'Noto Sans CJK SC', 'Noto Sans Arabic', sans-serif";

// The page itself never scrolls, so nothing needs its scroll locked, which would inject a <style> element.
const withoutScrollLock = { defaultProps: { lockScroll: false } };

export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: 7,
  autoContrast: true,
  colors: { pine, gray, dark },
  fontFamily,
  headings: { fontFamily, fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Modal: withoutScrollLock,
    Drawer: withoutScrollLock,
    Spotlight: withoutScrollLock,
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true } },
    CloseButton: { defaultProps: { 'aria-label': 'Close' } },
  },
});

/**
 * Puts the theme's CSS variables into a constructed style sheet. Mantine would write them into a <style> element,
 * which a Content-Security-Policy without 'unsafe-inline' refuses. Returns the way to take them out again.
 */
export function adoptThemeVariables(target: Document): () => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(convertCssVariables(defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme)), ':root'));
  target.adoptedStyleSheets.push(sheet);
  return () => {
    target.adoptedStyleSheets = target.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}

/** The nonce that a server may have put into `<meta name="csp-nonce">`, for the components that insist on a <style>. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}

const darkPreference = window.matchMedia('(prefers-color-scheme: dark)');

function onPreference(listener: () => void): () => void {
  darkPreference.addEventListener('change', listener);
  return () => darkPreference.removeEventListener('change', listener);
}

/** The colours to draw with, for a theme setting; follows the system while the setting says so. */
export function useColorScheme(setting: Settings['theme']): 'light' | 'dark' {
  const systemIsDark = useSyncExternalStore(onPreference, () => darkPreference.matches);
  if (setting === 'system') return systemIsDark ? 'dark' : 'light';
  return setting;
}
