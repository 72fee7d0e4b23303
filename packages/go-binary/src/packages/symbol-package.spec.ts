import { packageOfSymbol } from './symbol-package';

describe('packageOfSymbol', () => {
  it.each([
    ['fmt.Println', 'fmt'],
    ['net/http.(*Server).Serve', 'net/http'],
    ['net/http.(*Server).Serve.func1.2', 'net/http'],
    ['net/http.(*Server).Serve-fm', 'net/http'],
    ['main.init.0', 'main'],
    ['main..dict.F[int]', 'main'],
    ['example.com/shop.glob..func1', 'example.com/shop'],
    ['slices.SortFunc[go.shape.[]example.com/a/b.T,go.shape.int]', 'slices'],
    ['example.com/shop/cart.(*Cart[example.com/money.Amount]).Put', 'example.com/shop/cart'],
    ['gopkg.in/yaml%2ev3.Marshal', 'gopkg.in/yaml.v3'],
    ['gopkg.in/yaml.v3/internal.Marshal', 'gopkg.in/yaml.v3/internal'],
    ['example%2ecom.F', 'example.com'],
    ['vendor/golang.org/x/net/idna.ToASCII', 'vendor/golang.org/x/net/idna'],
    ['type:.eq.net/http.Header', 'net/http'],
    ['type:.hash.[2]*net/http.Header', 'net/http'],
    ['type:.eq.[...]internal/cpu.option', 'internal/cpu'],
  ])('finds the package of %s', (symbol, importPath) => {
    expect(packageOfSymbol(symbol)).toBe(importPath);
  });

  it.each([
    'memeqbody',
    '_cgo_init',
    'go:buildid',
    'go:(*struct { sync.Mutex }).Lock',
    'type:.eq.struct { runtime.gList; runtime.n int32 }',
    'type:.eq.go.shape.struct { a int }',
    '_.goready.func1',
    '',
  ])('finds none in %s', (symbol) => {
    expect(packageOfSymbol(symbol)).toBeUndefined();
  });
});
