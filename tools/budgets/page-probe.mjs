// What is put into a page before its own scripts run, to time what a reader would see. It watches
// from outside: attributes, messages, frames; nothing in the page knows of it.

/** Runs inside the page, so it can use nothing but what the page has. */
// oxlint-disable-next-line max-lines-per-function -- only one function can be sent to a page
export function pageProbe() {
  const probe = {
    shellMs: NaN,
    framesTaken: 0,
    /** @param {number} forMs */
    frameGaps(forMs) {
      return new Promise((done) => {
        /** @type {number[]} */
        const gaps = [];
        const start = performance.now();
        let last = start;
        /** @param {number} now */
        const step = (now) => {
          gaps.push(now - last);
          last = now;
          if (now - start < forMs) requestAnimationFrame(step);
          else done(gaps.slice(1));
        };
        requestAnimationFrame(step);
      });
    },
    /**
     * From a click until the node's state is another one in the words of the page.
     * @param {HTMLElement} button
     * @param {string} path
     */
    clickToState(button, path) {
      return new Promise((done) => {
        const node = /** @type {HTMLElement} */ (
          document.querySelector(`.mirror-node[data-path="${path}"]`)
        );
        const before = node.dataset.state;
        const start = performance.now();
        const watch = new MutationObserver(() => {
          if (node.dataset.state === before) return;
          watch.disconnect();
          done(performance.now() - start);
        });
        watch.observe(node, { attributes: true });
        button.click();
      });
    },
    /**
     * From a press on the timeline until the clock shows that place and the run rests there.
     * @param {number} share of the run
     */
    seekTo(share) {
      return new Promise((done) => {
        const strip = /** @type {HTMLElement} */ (document.querySelector('.timeline-strip'));
        const clock = /** @type {HTMLElement} */ (document.querySelector('[data-testid=clock]'));
        const identity = /** @type {HTMLElement} */ (document.querySelector('.identity'));
        const total = document.querySelector('.clock-total')?.textContent ?? '';
        // oxlint-disable-next-line unicorn/consistent-function-scoping -- see above
        const seconds = (/** @type {string} */ text) =>
          (/[\d:.]+/.exec(text)?.[0] ?? '')
            .split(':')
            .reduce((sum, part) => sum * 60 + Number(part), 0);
        const box = strip.getBoundingClientRect();
        const wanted = share * seconds(total);
        const slack = (2 * seconds(total)) / box.width;
        const start = performance.now();
        const isThere = () =>
          Math.abs(seconds(clock.textContent ?? '') - wanted) <= slack &&
          identity.dataset.play !== 'seeking';
        const watch = new MutationObserver(() => {
          if (!isThere()) return;
          watch.disconnect();
          done(performance.now() - start);
        });
        for (const element of [clock, identity]) {
          watch.observe(element, {
            attributes: true,
            characterData: true,
            childList: true,
            subtree: true,
          });
        }
        const at = { clientX: box.x + share * box.width, clientY: box.y + box.height / 2 };
        const shared = {
          bubbles: true,
          button: 0,
          buttons: 1,
          pointerId: 1,
          isPrimary: true,
          ...at,
        };
        strip.dispatchEvent(new PointerEvent('pointerdown', shared));
        strip.dispatchEvent(new PointerEvent('pointerup', { ...shared, buttons: 0 }));
      });
    },
  };
  /** @type {any} */ (globalThis).probe = probe;

  // The page acknowledges every frame by posting null; nothing else posts null.
  // oxlint-disable-next-line typescript/unbound-method -- called with its port below
  const { postMessage } = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (/** @type {any[]} */ ...given) {
    if (given[0] === null) probe.framesTaken += 1;
    return Reflect.apply(postMessage, this, given);
  };

  const watch = new MutationObserver(() => {
    if (document.querySelector('.header') === null) return;
    watch.disconnect();
    requestAnimationFrame(() => {
      probe.shellMs = performance.now();
    });
  });
  watch.observe(document, { childList: true, subtree: true });
}
