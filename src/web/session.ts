import type { Me } from '#src/features/session/contract.ts';
import { isSignedOut } from './api/problem.ts';
import { meQuery, queryClient } from './api/queries.ts';
import { speak } from './i18n/instance.ts';

/** Somebody signed in: nothing of whoever was here before stays in memory. */
export function enter(me: Me): void {
  queryClient.clear();
  queryClient.setQueryData(meQuery.queryKey, me);
  speak(me.language);
}

/** An answer 401 to anything means that the session ended: back to the sign-in, and from there to the same page. */
export function onSignedOut(
  leaveTo: (signIn: { readonly return: string }) => void,
  here: () => { readonly pathname: string; readonly href: string },
): void {
  const leave = (thrown: unknown) => {
    if (!isSignedOut(thrown)) return;
    const { pathname, href } = here();
    if (pathname === '/sign-in' || pathname === '/set-up') return;
    queryClient.setQueryData(meQuery.queryKey, null);
    leaveTo({ return: href });
  };
  queryClient.getQueryCache().config.onError = leave;
  queryClient.getMutationCache().config.onError = leave;
}
