/** A function that runs once, `delay` milliseconds after the first of any number of calls. */
export function gather(run: () => void, delay: number): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      run();
    }, delay);
  };
}

/**
 * A function that runs at once, then at most once every `pause` milliseconds however often it is called;
 * a call in between makes it run once more at the end of the pause.
 */
export function throttle(run: () => void, pause: number): () => void {
  let resting = false;
  let calledMeanwhile = false;

  function begin(): void {
    run();
    resting = true;
    setTimeout(() => {
      resting = false;
      if (!calledMeanwhile) return;
      calledMeanwhile = false;
      begin();
    }, pause);
  }

  return () => {
    if (resting) calledMeanwhile = true;
    else begin();
  };
}
