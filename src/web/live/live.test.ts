import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LiveState, listenLive } from './live.ts';

/** The browser's stream, played by hand. */
class PlayedSource extends EventTarget {
  static readonly CLOSED = 2;
  static all: PlayedSource[] = [];
  readyState = 0;
  constructor() {
    super();
    PlayedSource.all.push(this);
  }
  close() {
    this.readyState = PlayedSource.CLOSED;
  }
  say(data: string) {
    this.dispatchEvent(new MessageEvent('changed', { data }));
  }
}

describe('the live stream', () => {
  let asked: string[];
  let states: LiveState[];
  let end: () => void;
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('EventSource', PlayedSource);
    PlayedSource.all = [];
    asked = [];
    states = [];
    const queries = new QueryClient();
    vi.spyOn(queries, 'invalidateQueries').mockImplementation(async (filters) => {
      asked.push(String(filters?.queryKey?.[0]));
    });
    end = listenLive(queries, (state) => states.push(state));
  });
  afterEach(() => {
    end();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  const source = () => PlayedSource.all.at(-1) as PlayedSource;

  it('makes the queries of a changed topic ask again, once for many changes in a moment', () => {
    source().dispatchEvent(new Event('open'));
    for (let i = 0; i < 20; i++) source().say('inbox');
    vi.advanceTimersByTime(1_000);
    expect(asked).toEqual(['inbox', 'session']);
  });

  it('asks everything again after a break: what was said meanwhile was not heard', () => {
    source().dispatchEvent(new Event('open'));
    source().dispatchEvent(new Event('error'));
    expect(states).toEqual(['connected', 'waiting']);
    source().dispatchEvent(new Event('open'));
    vi.advanceTimersByTime(1_000);
    expect(asked).toEqual(['inbox', 'records', 'partners', 'session']);
  });

  it('opens a new stream where the browser gave up, later and later', () => {
    for (let attempt = 1; attempt <= 3; attempt++) {
      source().close();
      source().dispatchEvent(new Event('error'));
      expect(PlayedSource.all.length).toBe(attempt);
      vi.advanceTimersByTime(1_000 * 2 ** (attempt - 1) - 1);
      expect(PlayedSource.all.length).toBe(attempt);
      vi.advanceTimersByTime(1);
      expect(PlayedSource.all.length).toBe(attempt + 1);
    }
  });

  it('is over when the page is left', () => {
    source().close();
    source().dispatchEvent(new Event('error'));
    end();
    vi.advanceTimersByTime(120_000);
    expect(PlayedSource.all.length).toBe(1);
  });
});
