import { z } from 'zod';

// The page's content security policy forbids making code from text, which zod would try for speed. Imported first, since
// schemas look at this setting when they are made.
z.config({ jitless: true });
