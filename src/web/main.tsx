import './design/fonts.css';
import './design/mantine.css';
import './design/tokens.css';
import './design/base.css';
import './design/controls.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { router } from './router.tsx';
import { onSignedOut } from './session.ts';

onSignedOut(
  (search) => void router.navigate({ to: '/sign-in', search }),
  () => router.state.location,
);

const place = document.getElementById('root');
if (!place) throw new Error('index.html has no #root');
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
