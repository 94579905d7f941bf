using System.Globalization;
using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>A new address, which is Available at once.</summary>
internal sealed class AllocateEipAddress : IOperation
{
    private const int MostEips = 20;

    public string Name => "AllocateEipAddress";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        var charge = call.Text("InternetChargeType") ?? "PayByBandwidth";
        if (charge is not ("PayByBandwidth" or "PayByTraffic")) throw Error.Invalid("InternetChargeType", $"{charge} is not one of PayByBandwidth, PayByTraffic.");
        var text = call.Text("Bandwidth") ?? "5";
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bandwidth)
            || bandwidth < 1 || bandwidth > (charge == "PayByTraffic" ? 200 : 500)) throw Error.Of("InvalidBandwidth.Malformed", text);
        if (store.Scalar<long>("SELECT count(*) FROM eip WHERE account = $account AND region = $region",
            ("account", call.Account), ("region", call.RegionId)) >= MostEips) throw Error.Of("QuotaExceeded.Eip", MostEips);
        var eip = new EipRow
        {
            Id = Ids.Eip(call.RegionId),
            Account = call.Account,
            RegionId = call.RegionId,
            Address = PublicAddresses.Free(store) ?? throw Error.Of("ReserveIpFail"),
            Bandwidth = bandwidth,
            ChargeType = charge,
            CreatedAt = call.Now,
        };
        eip.Insert(store);
        return new(new JsonObject { ["AllocationId"] = eip.Id, ["EipAddress"] = eip.Address });
    }
}
