import { defineConfig } from 'drizzle-kit';

export default defineConfig({ dialect: 'sqlite', schema: ['./electron/store/schema.ts', './electron/store/sync-schema.ts'], out: './drizzle' });
