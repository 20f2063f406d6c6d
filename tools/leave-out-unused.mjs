// A step of the build that leaves out parts of Pixi that the page never reaches and that a bundler
// cannot know to be unreachable: the renderer for WebGPU, which is not asked for
// (src/stage/surface.ts); events, accessibility and DOM, which are the page's own business; and
// graphics, meshes, masks of graphics, videos and sprite sheets, since the stage has sprites and
// particles only. A Graphics or a mask on the stage needs its lines here taken away again.

const empty = 'export class WebGPURenderer {}';

/**
 * A part that the renderers name in their lists, without what it does.
 * @param {string} name of the class
 * @param {string} type of the extension
 * @param {string} of what Pixi calls it
 */
function hollow(name, type, of) {
  return `export class ${name} { static extension = { type: ['${type}'], name: '${of}' }; }`;
}

/** By the ends of module paths inside pixi.js, what stands in their place. */
const unused = new Map([
  ['/environment-browser/browserAll.mjs', empty],
  ['/environment-webworker/webworkerAll.mjs', empty],
  ['/rendering/renderers/gpu/WebGPURenderer.mjs', empty],
  ['/spritesheet/init.mjs', empty],
  [
    '/texture/sources/VideoSource.mjs',
    `export class VideoSource {
  static extension = 'texture-source';
  static test() { return false; }
}`,
  ],
  [
    '/scene/graphics/gl/GlGraphicsAdaptor.mjs',
    hollow('GlGraphicsAdaptor', 'webgl-pipes-adaptor', 'graphics'),
  ],
  [
    '/scene/graphics/canvas/CanvasGraphicsAdaptor.mjs',
    hollow('CanvasGraphicsAdaptor', 'canvas-pipes-adaptor', 'graphics'),
  ],
  ['/scene/mesh/gl/GlMeshAdaptor.mjs', hollow('GlMeshAdaptor', 'webgl-pipes-adaptor', 'mesh')],
  [
    '/rendering/mask/stencil/CanvasStencilMaskPipe.mjs',
    hollow('CanvasStencilMaskPipe', 'canvas-pipes', 'stencilMask'),
  ],
]);

/** @returns {import('vite').Plugin} */
export function leaveOutUnused() {
  return {
    name: 'gameday:leave-out-unused',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      if (!id.includes('/pixi.js/')) return null;
      for (const [end, code] of unused) if (id.endsWith(end)) return code;
      return null;
    },
  };
}
