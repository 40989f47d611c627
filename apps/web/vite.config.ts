import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// `npx vite` in this folder serves the page with hot reload beside a running `radiolect serve --port 8484`.
export default defineConfig({
  plugins: [react()],
  build: { target: 'es2022', outDir: 'dist', emptyOutDir: true },
  server: { proxy: { '/api': 'http://127.0.0.1:8484' } },
});
