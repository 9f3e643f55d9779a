"""The network: hashed embeddings, gated convolutions and gated linear recurrences in turn, heads for tags and trees."""
import torch
import torch.nn.functional as F
from torch import nn


# Products in bfloat16 (weights and sums stay in float32), where the processor has them: a sixth less time.
HALF = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)()


class OneDnnLinear(torch.autograd.Function):
    """x W' + b through oneDNN, which is more than twice as fast as PyTorch's default in float32 on CPUs with AVX-512."""

    @staticmethod
    def product(a, b, bias=None):  # a b' + bias
        return torch.ops.mkldnn._linear_pointwise(a.contiguous(), b.contiguous(), bias, "none", [], "")

    @staticmethod
    def forward(ctx, x, weight, bias):
        if HALF:
            x, weight = x.bfloat16(), weight.bfloat16()
            ctx.save_for_backward(x, weight)
            return OneDnnLinear.product(x, weight, None).float() + bias
        ctx.save_for_backward(x, weight)
        return OneDnnLinear.product(x, weight, bias)

    @staticmethod
    def backward(ctx, grad):
        x, weight = ctx.saved_tensors
        if HALF:
            half = grad.bfloat16()
            flat = half.reshape(-1, grad.shape[-1])
            gx = OneDnnLinear.product(half, weight.T).float() if ctx.needs_input_grad[0] else None
            gw = OneDnnLinear.product(flat.T, x.reshape(-1, x.shape[-1]).T).float()
            return gx, gw, grad.reshape(-1, grad.shape[-1]).sum(0)
        flat = grad.reshape(-1, grad.shape[-1])
        gx = OneDnnLinear.product(grad, weight.T) if ctx.needs_input_grad[0] else None
        gw = OneDnnLinear.product(flat.T, x.reshape(-1, x.shape[-1]).T)
        return gx, gw, flat.sum(0)


class Linear(nn.Linear):
    def forward(self, x):
        if x.device.type == "cpu" and self.bias is not None and torch.backends.mkldnn.is_available():
            return OneDnnLinear.apply(x, self.weight, self.bias)
        return super().forward(x)


def drop_columns(x, p, training):
    """Dropout with one mask for all words of a sentence (Gal and Ghahramani 2016); x is (T, B, width)."""
    if not training or p == 0:
        return x
    return x * F.dropout(x.new_ones(1, *x.shape[1:]), p)


class Scan(torch.autograd.Function):
    """h[t] = a[t] * h[t-1] + u[t] along dimension 0."""

    @staticmethod
    def forward(ctx, a, u):
        h = torch.empty_like(u)
        h[0] = u[0]
        for t in range(1, u.shape[0]):
            torch.addcmul(u[t], a[t], h[t - 1], out=h[t])
        ctx.save_for_backward(a, h)
        return h

    @staticmethod
    def backward(ctx, grad):
        a, h = ctx.saved_tensors
        gu = grad.clone()
        for t in range(grad.shape[0] - 2, -1, -1):
            gu[t].addcmul_(a[t + 1], gu[t + 1])
        ga = torch.zeros_like(a)
        torch.mul(gu[1:], h[:-1], out=ga[1:])
        return ga, gu


class GatedConv(nn.Module):
    """x + dropout(value * sigmoid(gate)), both from a window of three words."""

    def __init__(self, width, dropout):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.conv = Linear(3 * width, 2 * width)
        self.drop = dropout

    def forward(self, x, mask):
        y = self.norm(x) * mask
        zero = y.new_zeros(1, *y.shape[1:])
        y = torch.cat([torch.cat([zero, y[:-1]]), y, torch.cat([y[1:], zero])], -1)
        value, gate = self.conv(y).chunk(2, -1)
        return x + drop_columns(value * torch.sigmoid(gate), self.drop, self.training)


class DepthwiseGate(nn.Module):
    """As GatedConv, but first a window of five words for each column by itself, then the gate from one word: a third of the work."""

    def __init__(self, width, dropout):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.taps = nn.Parameter(torch.cat([torch.randn(2, width) * 0.2, torch.ones(1, width), torch.randn(2, width) * 0.2]))
        self.linear = Linear(width, 2 * width)
        self.drop = dropout

    def forward(self, x, mask):
        y = self.norm(x) * mask
        t = y.shape[0]
        y = F.pad(y, (0, 0, 0, 0, 2, 2))
        y = sum(y[k:k + t] * self.taps[k] for k in range(5))
        value, gate = self.linear(y).chunk(2, -1)
        return x + drop_columns(value * torch.sigmoid(gate), self.drop, self.training)


class GatedRecurrence(nn.Module):
    """minGRU in both directions, half the width each, and an output gate: x + dropout(h * sigmoid(o))."""

    def __init__(self, width, dropout):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.linear = Linear(width, 3 * width)
        self.drop = dropout

    def forward(self, x, mask):
        keep, cand, out = self.linear(self.norm(x)).chunk(3, -1)
        keep = torch.sigmoid(keep + 1.0)
        u = (1 - keep) * cand * mask  # a padded word leaves the state as it is up to its decay, and comes after all words
        half = x.shape[-1] // 2

        def turn(v):  # the second half runs from right to left
            return torch.cat([v[..., :half], v[..., half:].flip(0)], -1)
        h = turn(Scan.apply(turn(keep), turn(u)))
        return x + drop_columns(h * torch.sigmoid(out), self.drop, self.training)


LAYERS = {"c": GatedConv, "d": DepthwiseGate, "r": GatedRecurrence}


class Heads(nn.Module):
    """Tags and trees from the vectors of words; a subclass has `encode`."""

    def __init__(self, sizes, inventory):
        super().__init__()
        z = self.sizes = sizes
        a, r, width = z["arc"], z["rel"], z["width"]
        self.heads = Linear(width, 2 * a + 2 * r)  # arc dependant, arc head, label dependant, label head
        self.arc = nn.Linear(a, a, bias=False)
        self.arc_head = nn.Linear(a, 1, bias=False)
        self.root_arc = nn.Parameter(torch.randn(a) * 0.1)
        self.distance = nn.Parameter(torch.zeros(2 * z["distance"] + 1))
        self.root_rel = nn.Parameter(torch.randn(r) * 0.1)
        self.rel_sum = Linear(r, len(inventory.deprel))
        self.rel_product = nn.Linear(r, len(inventory.deprel), bias=False)
        self.tags = Linear(width, len(inventory.upos) + len(inventory.xpos) + len(inventory.feats) + len(inventory.entity))
        self.tag_sizes = [len(inventory.upos), len(inventory.xpos), len(inventory.feats), len(inventory.entity)]

    def forward(self, batch):
        """Scores: tags (T, B, classes) of four kinds, arcs (B, T, T + 1) with column 0 the root, parts for labels."""
        z = self.sizes
        x = self.encode(batch)
        tags = self.tags(x).split(self.tag_sizes, -1)
        h = F.relu(self.heads(x))
        h = drop_columns(h, z["head_dropout"], self.training)
        dep, head, rel_dep, rel_head = h.split([z["arc"], z["arc"], z["rel"], z["rel"]], -1)
        t, n = x.shape[:2]
        root = self.root_arc.expand(1, n, -1)
        head = torch.cat([root, head])  # (T + 1, B, a)
        arcs = torch.einsum("tba,sba->bts", self.arc(dep), head)
        arcs = arcs + self.arc_head(head).squeeze(-1).T.unsqueeze(1)
        k = z["distance"]
        offset = torch.arange(t).unsqueeze(0) - torch.arange(t).unsqueeze(1)  # head - dependant
        bias = self.distance[offset.clamp(-k, k) + k]
        arcs = arcs + F.pad(bias, (1, 0))
        allowed = F.pad(batch["mask"].T, (1, 0), value=True)
        arcs = arcs.masked_fill(~allowed.unsqueeze(1), -1e4)
        rel_head = torch.cat([self.root_rel.expand(1, n, -1), rel_head])
        return tags, arcs, (rel_dep, rel_head)

    def labels(self, parts, heads):
        """Label scores (B, T, labels) for heads (B, T), 0 the root."""
        rel_dep, rel_head = parts[0].transpose(0, 1), parts[1].transpose(0, 1)
        chosen = rel_head.gather(1, heads.unsqueeze(-1).expand(-1, -1, rel_head.shape[-1]))
        return self.rel_sum(F.relu(rel_dep + chosen - 1.0)) + self.rel_product(rel_dep * chosen)


class Parser(Heads):
    """The network that is shipped."""

    def __init__(self, sizes, inventory, vocabulary):
        super().__init__(sizes, inventory)
        z = sizes
        self.word = nn.Embedding(vocabulary + 1, z["word"])  # row 0: unknown
        self.piece = nn.EmbeddingBag(z["piece_rows"], z["piece"], mode="mean")
        self.affix = nn.EmbeddingBag(z["affix_rows"], z["affix"], mode="sum")
        self.shape = nn.Embedding(128, z["shape"])
        for table, scale in ((self.word, 0.3), (self.piece, 0.5), (self.affix, 0.15), (self.shape, 0.3)):
            nn.init.normal_(table.weight, std=scale)
        width = z["width"]
        self.input = Linear(z["word"] + z["piece"] + z["affix"] + z["shape"], width)
        self.layers = nn.ModuleList(LAYERS[kind](width, z["dropout"]) for kind in z["layers"])
        self.norm = nn.LayerNorm(width)

    def silence(self, begin):
        """Lets the layers from `begin` on add nothing: what they would add has zero weights, which can learn."""
        width = self.sizes["width"]
        for layer in self.layers[begin:]:
            product, value = (layer.conv, 0) if isinstance(layer, GatedConv) else (layer.linear, 0 if isinstance(layer, DepthwiseGate) else width)
            with torch.no_grad():
                product.weight[value:value + width] = 0
                product.bias[value:value + width] = 0

    def encode(self, batch):
        z = self.sizes
        n, t = batch["word"].shape[1], batch["word"].shape[0]
        p = z["input_dropout"] if self.training else 0.0
        word = self.word(batch["word"])
        piece = self.piece(batch["piece"], batch["piece_offset"]).view(t, n, -1)
        affix = self.affix(batch["affix"].reshape(t * n, -1)).view(t, n, -1)
        shape = self.shape(batch["shape"])
        if p:  # whole groups of features go at a time
            def drop(x, q):
                return x * (torch.rand(*x.shape[:-1], 1) >= q) / (1 - q)
            word, piece, affix = drop(word, p), drop(piece, p / 2), drop(affix, p / 2)
        mask = batch["mask"].unsqueeze(-1).float()
        seen = torch.cat([word, piece, affix, shape], -1)
        if "hidden" in batch:  # pretraining: nothing of these words is told
            seen = seen * ~batch["hidden"].unsqueeze(-1)
        x = self.input(drop_columns(seen, p, self.training)) * mask
        for layer in self.layers:
            x = layer(x, mask)
        return drop_columns(self.norm(x), z["out_dropout"], self.training)
