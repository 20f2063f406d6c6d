/**
 * A stateless service: instances with workers and a bounded queue, and operations made of steps.
 */

import { defineComponent } from '../component.ts';
import { parameters } from './service/parameters.ts';
import { Service } from './service/service.ts';

export default defineComponent({
  name: 'service',
  summary: 'Stateless instances with workers and a bounded queue that run operations step by step.',
  glyph: 'service',
  parameters,
  metrics: [],
  create: (world, name, values) => new Service(world, name, values),
});
