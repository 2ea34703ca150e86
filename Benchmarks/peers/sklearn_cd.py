"""scikit-learn's BernoulliRBM on float32 data: PCD with as many chains as rows in a batch."""
import warnings

from common import digits, log_pseudo_likelihood, options, repeat, timed

from sklearn.neural_network import BernoulliRBM
from threadpoolctl import threadpool_limits

o = options(visible=784, hidden=500, batch=100, epochs=1, rate=0.05, threads=2,
            train=".data/mnist-train.bits", test=".data/mnist-test.bits")
threadpool_limits(o["threads"])
warnings.filterwarnings("ignore")
train, test = digits(o["train"], o["visible"]), digits(o["test"], o["visible"])


def run(number):
    machine = BernoulliRBM(n_components=o["hidden"], learning_rate=o["rate"],
                           batch_size=o["batch"], n_iter=o["epochs"], random_state=number)
    result, _ = timed(o["epochs"], "epoch", lambda: machine.fit(train))
    assert machine.components_.dtype == "float32"
    return result | {"quality": log_pseudo_likelihood(
        test, machine.components_.T, machine.intercept_visible_, machine.intercept_hidden_)}


repeat(o, run)
