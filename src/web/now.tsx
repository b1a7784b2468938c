import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { meQuery } from './api/queries.ts';

const tickMs = 20_000;
const NowContext = createContext<number>(Date.now());

/**
 * The node's time, in ms, for everything relative: its clock and this machine's may differ, and the demo's moves. It is
 * the time of the last answer plus what has passed here since. Who is signed in is asked elsewhere; here it is only read.
 */
export function NowProvider({ children }: { children: ReactNode }) {
  const { data: me, dataUpdatedAt } = useQuery({ ...meQuery, enabled: false });
  const aheadMs = me ? Date.parse(me.now) - dataUpdatedAt : 0;
  const [here, setHere] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setHere(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return <NowContext value={Math.max(here, dataUpdatedAt) + aheadMs}>{children}</NowContext>;
}

export const useNow = (): number => useContext(NowContext);
