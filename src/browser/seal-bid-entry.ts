import { config } from 'zod';
import { openDesk } from './bid-desk.ts';
import { maybe } from './desk-parts.ts';

// The page's security policy forbids making code from strings; zod would only try it and fall back, loudly.
config({ jitless: true });

const root = maybe('[data-bid-desk]');
if (root) void openDesk(root);
