/** A person who does one thing after another without thinking, the same from the same seed. */

import type { Page } from 'playwright-core';
import { keyBindings } from '../../src/panels/keys.ts';

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];
const names = ['primary-dies', 'photo-feed', 'retry-storm', 'partition', 'quorum-reads'];
const values = ['1', '2', '50', '10ms', '5%', 'lru', 'fifo', 'none', '-1', '0', 'many', '1e99'];
const damages = [
  '\n  bad: [',
  '\nfoo: bar',
  '\t',
  '\nfaults: 3',
  '\nname: "<img src=x onerror=1>"',
];

export class RandomPerson {
  /** What was done, the latest last; for telling how a fault comes about. */
  readonly diary: string[] = [];
  private readonly page: Page;
  private seed: number;
  /** What is likelier stands there more than once. */
  private readonly deeds: readonly (() => Promise<void>)[];

  constructor(page: Page, seed: number) {
    this.page = page;
    this.seed = seed >>> 0;
    const pressKey = () => this.pressKey();
    const clickAnything = () => this.clickAnything();
    this.deeds = [
      pressKey,
      pressKey,
      pressKey,
      clickAnything,
      clickAnything,
      clickAnything,
      () => this.clickStage(),
      () => this.clickStage(),
      () => this.dragOnStage(),
      () => this.clickStrip(),
      () => this.clickStrip(),
      () => this.dragOnStrip(),
      () => this.strike(),
      () => this.strike(),
      () => this.chooseNode(),
      () => this.wheel(),
      () => this.changeParameter(),
      () => this.changeParameter(),
      () => this.editText(),
      () => this.undoAndRedo(),
      () => this.runUntil(),
      () => this.openInTheMiddle(),
      () => this.compare(),
      () => this.resize(),
      () => this.loseContext(),
      () => this.chooseSpeed(),
    ];
  }

  async act(): Promise<void> {
    await this.one(this.deeds)();
    await this.page.waitForTimeout(this.one([0, 0, 30, 120, 400]));
  }

  private async pressKey(): Promise<void> {
    const { keys, ctrl, shift, label } = this.one(keyBindings);
    const key = keys[0] === ' ' ? 'Space' : properName(keys[0]!);
    const isLetter = /^\w$/.test(key);
    const held = [ctrl === true && 'Control+', shift === true && isLetter && 'Shift+'];
    const whole = [...held.filter((one) => one !== false), key].join('');
    this.note(`press ${label}`);
    await this.page.keyboard.press(whole);
  }

  private async clickStage(): Promise<void> {
    const at = await this.within('[data-testid=stage]');
    if (at === null) return;
    const isDouble = this.next() < 0.2;
    this.note(`${isDouble ? 'double ' : ''}click on the stage at ${at.x},${at.y}`);
    await (isDouble ? this.page.mouse.dblclick(at.x, at.y) : this.page.mouse.click(at.x, at.y));
  }

  private async dragOnStage(): Promise<void> {
    await this.drag('[data-testid=stage]', false);
  }

  private async wheel(): Promise<void> {
    const at = await this.within('[data-testid=stage]');
    if (at === null) return;
    this.note('wheel');
    await this.page.mouse.move(at.x, at.y);
    await this.page.mouse.wheel(0, (this.next() - 0.5) * 3000);
  }

  private async clickStrip(): Promise<void> {
    const at = await this.within('.timeline-strip');
    if (at === null) return;
    this.note(`click on the strip at ${at.x}`);
    await this.page.mouse.click(at.x, at.y);
  }

  private async dragOnStrip(): Promise<void> {
    await this.drag('.timeline-strip', this.next() < 0.5);
  }

  private async chooseSpeed(): Promise<void> {
    const speed = this.one(['0.01', '0.1', '1', '5', '20', '100', '1000', 'Infinity']);
    this.note(`speed ${speed}`);
    await this.page.evaluate((value) => {
      const select = document.querySelector<HTMLSelectElement>('.speed select')!;
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }, speed);
  }

  /** Any control that can be reached with the mouse at this moment. */
  private async clickAnything(): Promise<void> {
    const places = await this.page.evaluate(() => {
      const all = document.querySelectorAll<HTMLElement>(
        'button, summary, select, input, [role=option], [role=tab], .flag, th, canvas',
      );
      return [...all].flatMap((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        const at = { x: x + width / 2, y: y + height / 2 };
        if (width === 0 || element.matches('[type=file], :disabled')) return [];
        if (!element.contains(document.elementFromPoint(at.x, at.y))) return [];
        const words = element.getAttribute('aria-label') ?? element.textContent;
        return [{ ...at, words: words.slice(0, 40) }];
      });
    });
    const able = places.filter(({ words }) => !words.startsWith('Open'));
    if (able.length === 0) return;
    const { x, y, words } = this.one(able);
    this.note(`click "${words}"`);
    await this.page.mouse.click(x, y);
  }

  private async chooseNode(): Promise<void> {
    const paths = await this.page.evaluate(() =>
      [...document.querySelectorAll('.mirror-node')].map((one) => one.getAttribute('data-path')),
    );
    if (paths.length === 0) return;
    const path = this.one(paths);
    this.note(`select ${path}`);
    await this.page.evaluate(
      (of) => document.querySelector<HTMLElement>(`.mirror-node[data-path="${of}"]`)?.click(),
      path,
    );
  }

  private async strike(): Promise<void> {
    await this.chooseNode();
    await this.leaveFields();
    const key = this.one(['x', 'g', 'p', 'h', 'f', 'x']);
    this.note(`press ${key}`);
    await this.page.keyboard.press(key);
  }

  private async changeParameter(): Promise<void> {
    const { page } = this;
    await this.leaveFields();
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: /Find a command/ });
    if (!(await field.isVisible())) return;
    await field.fill('Change');
    await page.waitForTimeout(150);
    const options = await page.locator('.commands-list [role=option]').allTextContents();
    const paths = options.flatMap((text) => /Change (\S+) …/.exec(text)?.[1] ?? []);
    const path = paths.length === 0 ? 'nothing.here' : this.one(paths);
    const words = `${path} = ${this.one(values)}`;
    const fromStart = this.next() < 0.4;
    this.note(`change ${words} from ${fromStart ? 'the start' : 'now'}`);
    await field.fill(words);
    if (fromStart) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  }

  private async undoAndRedo(): Promise<void> {
    await this.leaveFields();
    const keys = Array.from({ length: 4 }, () => this.one(['u', 'u', 'Control+Shift+z']));
    this.note(`press ${keys.join(' ')}`);
    for (const key of keys) await this.page.keyboard.press(key);
  }

  private async editText(): Promise<void> {
    const { page } = this;
    const field = page.getByRole('textbox', { name: 'Text of the scenario' });
    if (!(await field.isVisible())) {
      await page.evaluate(() =>
        document.querySelector<HTMLElement>('[aria-controls=scenario-pane]')?.click(),
      );
    }
    if (!(await field.isVisible())) return;
    const text = await field.inputValue();
    const edit = this.one(['damage', 'cut', 'number', 'number']);
    const number = /rate: (\d+)/g;
    const cut = text.indexOf('\n', Math.floor(this.next() * text.length));
    const edited =
      edit === 'damage'
        ? text + this.one(damages)
        : edit === 'cut'
          ? text.slice(0, cut) + text.slice(text.indexOf('\n', cut + 1))
          : text.replace(number, (_, rate) => `rate: ${1 + (Number(rate) % 97)}`);
    this.note(`edit the text: ${edit}`);
    await field.fill(edited);
    await page.keyboard.press('Control+Enter');
    await page.waitForTimeout(100);
    const back = page.getByRole('button', { name: 'Back to the text of the run' });
    if (await back.isVisible()) await back.click({ timeout: 500 }).catch(() => undefined);
  }

  private async runUntil(): Promise<void> {
    const { page } = this;
    await this.leaveFields();
    const button = page.getByRole('button', { name: 'Run until …' });
    await button.click({ timeout: 500 }).catch(() => undefined);
    const lines = page.locator('.until-line');
    const count = await lines.count();
    if (count === 0) return;
    const line = lines.nth(Math.floor(this.next() * count));
    const field = line.locator('input');
    if ((await field.count()) > 0) await field.fill(this.one(['', '1', '90', '3600', '0', '12']));
    this.note(`run until ${await line.textContent()}`);
    await line
      .getByRole('button')
      .click({ timeout: 500 })
      .catch(() => undefined);
  }

  private async openInTheMiddle(): Promise<void> {
    if (this.next() < 0.5) return;
    await this.leaveFields();
    await this.page.keyboard.press('End');
    const name = this.one(names);
    this.note(`End, then open ${name}`);
    await this.page.evaluate((value) => {
      const select = document.querySelector<HTMLSelectElement>('.tools select');
      if (select === null) return;
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }, name);
  }

  private async compare(): Promise<void> {
    await this.leaveFields();
    this.note('press c');
    await this.page.keyboard.press('c');
  }

  private async resize(): Promise<void> {
    const size = this.one(sizes);
    this.note(`size ${size.width}`);
    await this.page.setViewportSize(size);
  }

  private async loseContext(): Promise<void> {
    this.note('lose the graphics context');
    await this.page.evaluate(async () => {
      const canvas = document.querySelector<HTMLCanvasElement>('.stage-host canvas');
      const lose = canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context');
      lose?.loseContext();
      await new Promise((done) => setTimeout(done, 60));
      lose?.restoreContext();
    });
  }

  private async leaveFields(): Promise<void> {
    await this.page.evaluate(() => {
      for (const one of document.querySelectorAll('dialog')) one.close();
      (document.activeElement as HTMLElement | null)?.blur();
    });
  }

  private async drag(selector: string, shift: boolean): Promise<void> {
    const from = await this.within(selector);
    const to = await this.within(selector);
    if (from === null || to === null) return;
    const way = `from ${from.x},${from.y} to ${to.x},${to.y}`;
    this.note(`drag on ${selector} ${way}${shift ? ' with Shift' : ''}`);
    const { mouse, keyboard } = this.page;
    if (shift) await keyboard.down('Shift');
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(to.x, to.y, { steps: 4 });
    await mouse.up();
    if (shift) await keyboard.up('Shift');
  }

  private async within(selector: string) {
    const box = await this.page.locator(selector).first().boundingBox();
    if (box === null) return null;
    const { x, y, width, height } = box;
    return {
      x: Math.round(x + this.next() * width),
      y: Math.round(y + this.next() * height),
    };
  }

  private note(words: string): void {
    this.diary.push(words);
  }

  private one<Kind>(of: readonly Kind[]): Kind {
    return of[Math.floor(this.next() * of.length)]!;
  }

  /** Source: mulberry32 by Tommy Ettinger. */
  private next(): number {
    this.seed = (this.seed + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.seed ^ (this.seed >>> 15), 1 | this.seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

function properName(key: string): string {
  const proper = { arrowleft: 'ArrowLeft', arrowright: 'ArrowRight', arrowup: 'ArrowUp' };
  const more = {
    arrowdown: 'ArrowDown',
    home: 'Home',
    end: 'End',
    enter: 'Enter',
    escape: 'Escape',
  };
  return ({ ...proper, ...more } as Record<string, string>)[key] ?? key;
}
