import { z } from 'zod';

/** A number of tokens as vendors tell it: whole, and zero or more. */
export const tokenCount: z.ZodInt = z.int().nonnegative();
