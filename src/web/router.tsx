import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { entranceQuery, meQuery, queryClient } from './api/queries.ts';
import { speak } from './i18n/instance.ts';
import { Failed, Missing, Pending } from './shell/states.tsx';

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Outlet, notFoundComponent: Missing });

/** Only within this site: a link cannot make the sign-in lead elsewhere. */
const localPath = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : undefined;

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { return?: string } => {
    const back = localPath(search['return']);
    return back ? { return: back } : {};
  },
  beforeLoad: async ({ context }) => {
    const entrance = await context.queries.fetchQuery(entranceQuery).catch(() => null);
    if (entrance?.needsSetUp) throw redirect({ to: '/set-up' });
  },
  component: lazyRouteComponent(() => import('#src/features/session/web/sign-in-page.tsx'), 'SignInPage'),
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/set-up',
  component: lazyRouteComponent(() => import('#src/features/set-up/web/set-up-page.tsx'), 'SetUpPage'),
});

/** Everything behind the sign-in. Who may do what is the server's word; here only that somebody is signed in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    const me = await context.queries.ensureQueryData(meQuery);
    if (!me) throw redirect({ to: '/sign-in', search: location.pathname === '/' ? {} : { return: location.href } });
    speak(me.language);
  },
  component: lazyRouteComponent(() => import('./shell/shell.tsx'), 'Shell'),
});

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: ({ context }) => {
    const me = context.queries.getQueryData(meQuery.queryKey);
    if (me?.role === 'administrator') throw redirect({ to: '/officers' });
    throw redirect({ to: '/inbox', search: { view: 'waiting' } });
  },
});

const inboxViews = ['waiting', 'arrived', 'sent'] as const;
export type InboxView = (typeof inboxViews)[number];
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const inbox = createRoute({
  getParentRoute: () => inside,
  path: '/inbox',
  validateSearch: (search): { view: InboxView; q?: string; item?: string } => {
    const q = text(search['q']);
    const item = text(search['item']);
    return {
      view: inboxViews.find((view) => view === search['view']) ?? 'waiting',
      ...(q ? { q } : {}),
      ...(item ? { item } : {}),
    };
  },
  component: lazyRouteComponent(() => import('#src/features/inbox/web/inbox-page.tsx'), 'InboxPage'),
});

const compose = createRoute({
  getParentRoute: () => inside,
  path: '/compose',
  /** `cite`: a record that a new draft draws on. */
  validateSearch: (search): { draft?: string; cite?: string } => {
    const draft = text(search['draft']);
    const cite = text(search['cite']);
    return { ...(draft ? { draft } : {}), ...(cite ? { cite } : {}) };
  },
  component: lazyRouteComponent(() => import('#src/features/compose/web/compose-page.tsx'), 'ComposePage'),
});

const drafts = createRoute({
  getParentRoute: () => inside,
  path: '/drafts',
  component: lazyRouteComponent(() => import('#src/features/compose/web/drafts-page.tsx'), 'DraftsPage'),
});

const recordIdPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const record = createRoute({
  getParentRoute: () => inside,
  path: '/records/$id',
  validateSearch: (search): { do?: 'decide' | 'report-outcome' } => {
    const act = search['do'];
    return act === 'decide' || act === 'report-outcome' ? { do: act } : {};
  },
  // What can be no record is an address that leads nowhere, not a mistake in a field.
  loader: ({ params: { id } }) => {
    if (!recordIdPattern.test(id)) throw notFound();
  },
  // Said here, within the shell: left to the root, it would stand alone.
  notFoundComponent: Missing,
  component: lazyRouteComponent(() => import('#src/features/records/web/record-page.tsx'), 'RecordPage'),
});

const directions = ['to-us', 'ours'] as const;
const openness = ['open', 'closed'] as const;

const requests = createRoute({
  getParentRoute: () => inside,
  path: '/requests',
  validateSearch: (search): { direction: (typeof directions)[number]; state: (typeof openness)[number] } => ({
    direction: directions.find((one) => one === search['direction']) ?? 'to-us',
    state: openness.find((one) => one === search['state']) ?? 'open',
  }),
  component: lazyRouteComponent(() => import('#src/features/requests/web/requests-page.tsx'), 'RequestsPage'),
});

const newRequest = createRoute({
  getParentRoute: () => inside,
  path: '/requests/new',
  component: lazyRouteComponent(() => import('#src/features/requests/web/request-form-page.tsx'), 'RequestFormPage'),
});

const partners = createRoute({
  getParentRoute: () => inside,
  path: '/partners',
  component: lazyRouteComponent(() => import('#src/features/partners/web/partners-page.tsx'), 'PartnersPage'),
});

const partner = createRoute({
  getParentRoute: () => inside,
  path: '/partners/$id',
  component: lazyRouteComponent(() => import('#src/features/partners/web/partner-page.tsx'), 'PartnerPage'),
});

const officers = createRoute({
  getParentRoute: () => inside,
  path: '/officers',
  component: lazyRouteComponent(() => import('#src/features/officers/web/officers-page.tsx'), 'OfficersPage'),
});

const keys = createRoute({
  getParentRoute: () => inside,
  path: '/keys',
  component: lazyRouteComponent(() => import('#src/features/keys/web/keys-page.tsx'), 'KeysPage'),
});

const account = createRoute({
  getParentRoute: () => inside,
  path: '/account',
  component: lazyRouteComponent(() => import('#src/features/session/web/account-page.tsx'), 'AccountPage'),
});

const recovery = createRoute({
  getParentRoute: () => inside,
  path: '/recovery',
  component: lazyRouteComponent(() => import('#src/features/keys/web/recovery-page.tsx'), 'RecoveryPage'),
});

/** Any other address leads nowhere; within the shell, so that whoever followed a bad link still has the sections. */
const nowhere = createRoute({ getParentRoute: () => inside, path: '$', component: Missing });

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    setUp,
    inside.addChildren([
      home,
      inbox,
      compose,
      drafts,
      requests,
      newRequest,
      record,
      partners,
      partner,
      officers,
      keys,
      recovery,
      account,
      nowhere,
    ]),
  ]),
  context: { queries: queryClient },
  defaultPendingComponent: Pending,
  defaultErrorComponent: Failed,
  defaultNotFoundComponent: Missing,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
