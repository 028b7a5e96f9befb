import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RequestError } from './api/request.ts';
import { App } from './app.tsx';
import './styles/base.css';
import './styles/controls.css';
import './styles/form.css';
import './styles/run.css';
import './styles/decision.css';
import './styles/history.css';
import './styles/code.css';

const root = document.getElementById('root');
if (root) {
  // What is shown in words is no fault of the page.
  const onCaughtError = (error: unknown): void => {
    if (!(error instanceof RequestError)) reportError(error);
  };
  createRoot(root, { onCaughtError }).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
