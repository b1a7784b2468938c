import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The screens. They are static files under a strict Content-Security-Policy: nothing inline, nothing from elsewhere. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  publicDir: false,
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2024',
    // A data: URL would need an exception in the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    // The development server speaks to a node started beside it.
    proxy: { '/api': process.env.TANSIQ_URL ?? 'http://127.0.0.1:4700' },
  },
});
