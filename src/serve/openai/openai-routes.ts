import { Hono } from 'hono';
import type { Clock } from '../../domain/clock.ts';
import type { AskPlace } from './ask-run.ts';
import { chatCompletions } from './chat-completions.ts';
import { modelNames } from './chat-request.ts';
import { errorResponse, unknownModel } from './openai-error.ts';
import { responses } from './responses.ts';

/** When the models are said to be made: there is no such time. */
const created = 0;

/** Everything under `/v1`: each mode is a model that any client of OpenAI's can ask. */
export function openAiRoutes(place: AskPlace, clock: Clock): Hono {
  const api = new Hono();
  const models = modelNames.map((id) => ({
    id,
    object: 'model',
    created,
    owned_by: 'multi-model-orchestrator',
  }));
  api.get('/models', (context) => context.json({ object: 'list', data: models }));
  api.get('/models/:id', (context) => {
    const wanted = context.req.param('id');
    const model = models.find(({ id }) => id === wanted);
    return model ? context.json(model) : errorResponse(unknownModel(wanted, modelNames));
  });
  api.post('/chat/completions', chatCompletions(place, clock));
  api.post('/responses', responses(place, clock));
  return api;
}
