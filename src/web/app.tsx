import { DirectionProvider, MantineProvider, useDirection } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { queryClient } from './api/queries.ts';
import { theme } from './design/theme.ts';
import { Toasts } from './design/toasts.tsx';
import { directionOf } from './i18n/languages.ts';
import { useLanguage } from './i18n/use-text.ts';
import { NowProvider } from './now.tsx';
import { router } from './router.tsx';

/** The document is in one language and direction: the interface's. Texts in another say so themselves. */
function InLanguage({ children }: { children: ReactNode }) {
  const language = useLanguage();
  const { setDirection } = useDirection();
  useEffect(() => {
    document.documentElement.lang = language;
    setDirection(directionOf(language));
  }, [language, setDirection]);
  return children;
}

export function App() {
  return (
    <DirectionProvider initialDirection="rtl" detectDirection={false}>
      {/* Variables and classes come from static style sheets: see design/mantine.css. */}
      <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
        <QueryClientProvider client={queryClient}>
          <InLanguage>
            <NowProvider>
              <Toasts>
                <RouterProvider router={router} />
              </Toasts>
            </NowProvider>
          </InLanguage>
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}
