#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.1.0' }

# What the module knows of images, on a real PowerShell: build first, then Invoke-Pester.

BeforeAll {
    Set-StrictMode -Version 3.0
    $ErrorActionPreference = 'Stop'
    $module = Join-Path $PSScriptRoot '..' '..' 'out' 'EcsImage' 'EcsImage.psd1'
    Import-Module (Resolve-Path $module) -Force
    $folder = Join-Path ([IO.Path]::GetTempPath()) "ecsimage-pester-$([guid]::NewGuid().ToString('N'))"
    $null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 100
    $public = Get-EcsImage -Family acs:ubuntu_24_04_x64 -Latest
    $instance = New-EcsInstance -ImageId $public.ImageId -InstanceType ecs.g7.large -Name pester -Wait
    $image = New-EcsCustomImage -InstanceId $instance.InstanceId -Name known -Wait
}

AfterAll {
    Disconnect-EcsAccount -All | Out-Null
    Remove-Item -LiteralPath $folder -Recurse -Force
}

Describe 'An image' {
    It 'shows its type, trust, supporter, end of life and fee' {
        $image | Select-Object -ExpandProperty Type | Should -Be 'Custom'
        $image.Trust | Should -Be 'High'
        $image.SupportedBy | Should -Match 'Ubuntu'
        $image.EndOfLife | Should -BeGreaterThan ([DateOnly]::new(2029, 1, 1))
        $image.Fee | Should -Be 'Snapshot storage'
    }

    It 'can be filtered by its end of life with a date' {
        # Nothing is less than any date: what has no end of life has to go first.
        $ended = Get-EcsImage -ImageType Public | Where-Object EndOfLife | Where-Object EndOfLife -LT (Get-Date -Year 2025 -Month 1 -Day 1)
        $ended.ImageId | Should -Contain 'ubuntu_18_04_x64_20G_alibase_20240223.vhd'
        $ended.ImageId | Should -Not -Contain $public.ImageId
    }

    It 'survives Format-List and ConvertTo-Json' {
        $image | Format-List * | Out-String | Should -Match 'Trust'
        ($image | ConvertTo-Json -Depth 3 | ConvertFrom-Json).ImageId | Should -Be $image.ImageId
    }
}

Describe 'Support and lifecycle' {
    It 'tells who supports an image, until when, and what then' {
        $support = $image | Get-EcsImageSupport
        $support.OS | Should -Match 'Ubuntu'
        $support | Format-List | Out-String | Should -Match 'You secure'
    }

    It 'lists what ends soon without a connection of its own' {
        Get-EcsOSLifecycle Ubuntu | Should -Not -BeNullOrEmpty
        { Get-EcsOSLifecycle -EndingWithin 90 } | Should -Not -Throw
    }
}

Describe 'Compatibility' {
    It 'answers with a bool for scripts' {
        $image | Test-EcsImageCompatibility -InstanceType ecs.g7.large -Quiet | Should -BeTrue
        $image | Test-EcsImageCompatibility -InstanceType ecs.g8y.large -Quiet | Should -BeFalse
    }

    It 'names the rule that blocks, and types that work' {
        $answer = $image | Test-EcsImageCompatibility -InstanceType ecs.g8y.large -Suggest
        $answer.Verdict | Should -Be 'Incompatible'
        $answer.Problems[0].Id | Should -Be 'Architecture'
        $image | Test-EcsImageCompatibility -InstanceType $answer.Suggestions[0].InstanceType -Quiet | Should -BeTrue
    }
}

Describe 'Choice' {
    It 'ranks images for a workload, with reasons' {
        $first = Find-EcsImage -Workload 'SQL Server' -InstanceType ecs.g7.large -First 1
        $first.Rank | Should -Be 1
        $first.OSType | Should -Be 'windows'
        $first.Reasons | Should -Not -BeNullOrEmpty
    }

    It 'finds the successor of an image by its dated name' {
        (Find-EcsImage -ReplacementFor ubuntu_18_04_x64_20G_alibase_20230727.vhd).Platform | Should -Be 'Ubuntu'
    }
}

Describe 'The plan of a deletion' {
    It 'comes as objects with -WhatIf, and nothing is deleted' {
        $plan = @($image | Remove-EcsImage -WhatIf)
        $plan.Kind | Should -Contain 'Snapshot'
        $image | Get-EcsImage | Should -Not -BeNullOrEmpty
    }

    It 'tells the same as Get-EcsImageUsage' {
        @($image | Get-EcsImageUsage).Kind | Should -Contain 'Snapshot'
    }
}

Describe 'Quotas' {
    It 'tells what is left' {
        $quota = Get-EcsImageQuota -Name CustomImage
        $quota.Left | Should -Be ($quota.Total - $quota.Used)
    }
}

Describe 'Permissions' {
    It 'writes the least policy as JSON' {
        $policy = (Get-EcsRamPolicy -Cmdlet Get-EcsImage).Document | ConvertFrom-Json
        $policy.Version | Should -Be '1'
        $policy.Statement[0].Action | Should -Contain 'ecs:DescribeImages'
    }

    It 'lets a runbook run under a policy, and names what is missing' {
        $user = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 100 -UserName reader -PolicyDocument (Get-EcsRamPolicy -Cmdlet Get-EcsImage)
        Get-EcsImage $image.ImageId -Context $user | Should -Not -BeNullOrEmpty
        Set-EcsImage $image.ImageId -Description x -Context $user -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
        $failed[0].ErrorDetails.RecommendedAction | Should -Match 'ecs:ModifyImageAttribute'
        $null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 100
    }
}

Describe 'Invoke-EcsApi' {
    It 'calls any operation, and pages through all' {
        @(Invoke-EcsApi DescribeImages -ImageOwnerAlias system -All).Count | Should -BeGreaterThan 100
    }

    It 'refuses what the contract does not know, before it is sent' {
        { Invoke-EcsApi DescribeImages @{ ImageOwnerAlais = 'self' } -ErrorAction Stop } | Should -Throw '*ImageOwnerAlias*'
    }
}
