/** Takes text in pieces of any size and hands on whole lines, without their CR, LF or CRLF. */
export interface LineSplitter {
  push(text: string): void;
  /** Hands on what is left as the last line. */
  end(): void;
}

/**
 * @param maxLength a longer line is handed on cut to `maxLength + 1` characters, so that memory stays bounded and the
 *   reader can see that it was too long.
 */
export function createLineSplitter(onLine: (line: string) => void, maxLength: number): LineSplitter {
  let unfinished = '';
  let afterCr = false;

  function add(text: string): void {
    if (unfinished.length <= maxLength) unfinished += text.slice(0, maxLength + 1 - unfinished.length);
  }

  function finish(): void {
    const line = unfinished;
    unfinished = '';
    onLine(line);
  }

  return {
    push(text) {
      if (text === '') return;
      let start = afterCr && text.startsWith('\n') ? 1 : 0;
      const lineBreak = /\r\n|\r|\n/g;
      lineBreak.lastIndex = start;
      for (let found = lineBreak.exec(text); found !== null; found = lineBreak.exec(text)) {
        add(text.slice(start, found.index));
        finish();
        start = lineBreak.lastIndex;
      }
      add(text.slice(start));
      afterCr = text.endsWith('\r');
    },
    end() {
      if (unfinished !== '') finish();
    },
  };
}
