"""CD-1 in PyTorch on the CPU: matmul, sigmoid, bernoulli, updates in place, float32, no autograd."""
from common import digits, log_pseudo_likelihood, options, repeat, timed

import torch

o = options(visible=784, hidden=500, batch=100, epochs=1, rate=0.05, threads=2,
            train=".data/mnist-train.bits", test=".data/mnist-test.bits")
torch.set_num_threads(o["threads"])
torch.set_grad_enabled(False)
train = torch.from_numpy(digits(o["train"], o["visible"]))
test = digits(o["test"], o["visible"])


def epoch(w, b, c):
    order = torch.randperm(len(train))
    for start in range(0, len(train), o["batch"]):
        v0 = train[order[start:start + o["batch"]]]
        h0 = torch.addmm(c, v0, w).sigmoid_()
        v1 = torch.addmm(b, torch.bernoulli(h0), w.t()).sigmoid_()
        v1 = torch.bernoulli(v1)
        h1 = torch.addmm(c, v1, w).sigmoid_()
        step = o["rate"] / len(v0)
        w.addmm_(v0.t(), h0, alpha=step).addmm_(v1.t(), h1, alpha=-step)
        b.add_((v0 - v1).sum(0), alpha=step)
        c.add_((h0 - h1).sum(0), alpha=step)


def run(number):
    torch.manual_seed(number)
    w = torch.randn(o["visible"], o["hidden"]).mul_(0.01)
    b, c = torch.zeros(o["visible"]), torch.zeros(o["hidden"])
    result, _ = timed(o["epochs"], "epoch", lambda: [epoch(w, b, c) for _ in range(o["epochs"])])
    return result | {"quality": log_pseudo_likelihood(test, w.numpy(), b.numpy(), c.numpy())}


repeat(o, run)
